"""Views: what people and programs are shown. They read answers and records, and never write a quote as markup."""
