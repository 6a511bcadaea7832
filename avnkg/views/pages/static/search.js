// On a wide screen there is room to show at once what can be chosen, and what is chosen applies at once. Everything else
// htmx does, from the page's own attributes.
"use strict";
document.getElementById("apply").hidden = true;
if (matchMedia("(min-width: 800px)").matches) {
  for (const facet of document.querySelectorAll("details.facet")) facet.open = true;
}
