// The page for SPARQL with an editor in the place of its text area, and a panel for the quote of a claim.
// What the server writes into the page is escaped there; here nothing becomes markup.
"use strict";

(() => {
  const area = document.getElementById("query");
  const form = document.getElementById("ask");
  const panel = document.getElementById("claim");

  completion.replace(Yasqe);
  const place = document.createElement("div");
  area.after(place);
  const run = () => form.requestSubmit();
  const editor = new Yasqe(place, {
    value: "",
    showQueryButton: false,
    resizeable: false,
    createShareableLink: null,
    consumeShareLink: null,
    persistenceId: null,
    editorHeight: "auto",
    viewportMargin: Infinity,
    // The tabulator leaves the editor, as it leaves any field: who uses the keyboard alone must get out again.
    extraKeys: { ...Yasqe.defaults.extraKeys, Tab: false, "Shift-Tab": false, "Ctrl-Enter": run, "Cmd-Enter": run },
  });
  // The service declares these prefixes by itself where a query uses them: without them here such a query would be marked
  // as wrong, though it is answered.
  const mode = editor.getMode();
  const begin = mode.startState;
  const declared = JSON.parse(area.dataset.prefixes);
  mode.startState = (...given) => ({ ...begin(...given), prefixes: { ...declared } });
  editor.setValue(area.value);
  editor.clearHistory();
  const field = editor.getInputField();
  field.setAttribute("aria-label", "Query");
  field.id = "editor";
  document.querySelector('label[for="query"]').htmlFor = "editor";
  area.hidden = true;
  area.required = false;
  document.getElementById("keys").hidden = false;
  const keep = () => { area.value = editor.getValue(); };
  editor.on("change", keep);
  form.addEventListener("submit", keep, true);

  // The editor would write its message on a wrong line as markup with a style of its own, which the page's policy forbids.
  place.addEventListener("mouseover", (event) => {
    const icon = event.target.closest?.(".parseErrorIcon");
    if (!icon) return;
    event.stopPropagation();
    const line = editor.lineAtHeight(event.clientY, "window");
    const { state } = editor.getTokenAt({ line, ch: editor.getDoc().getLine(line).length }, true);
    icon.setAttribute("title", state.errorMsg || `expected one of: ${(state.possibleCurrent || []).join(" ")}`);
  }, true);

  document.getElementById("example").addEventListener("change", (event) => event.target.form.requestSubmit());

  // A claim in the answer opens its quote. With a key held it is a link like any other.
  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a[data-claim]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    await htmx.ajax("GET", `quote.html?claim=${encodeURIComponent(link.dataset.claim)}`, "#claim-quote");
    panel.showModal();
  });
  panel.addEventListener("click", (event) => { if (event.target === panel) panel.close(); });

  document.documentElement.dataset.ready = "";
})();
