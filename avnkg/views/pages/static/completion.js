// What the editor completes: names of the ontology with their labels, our prefixes, and the query's own variables.
// All of it comes from this server, once; the editor's own completers, which ask others, are not used.
"use strict";

const completion = (() => {
  const MOST = 50;
  const NAME = /^[A-Za-z][\w-]*$/;
  let asked = null;

  function known() {
    asked ??= fetch("api/terms").then((answer) => {
      if (!answer.ok) throw new Error("the names of the ontology could not be read");
      return answer.json();
    });
    return asked;
  }

  function fits(term, words) {
    return [term.name, term.label, ...term.synonyms].some((each) => each.toLowerCase().includes(words));
  }

  // Names that begin with what was typed come first, then labels that do, then all that hold it.
  function rank(term, words) {
    return term.name.toLowerCase().startsWith(words) ? 0 : term.label.toLowerCase().startsWith(words) ? 1 : 2;
  }

  async function names(typed) {
    const { prefixes, terms } = await known();
    const words = typed.replace(/^avn:/, "").toLowerCase();
    const found = terms.filter((term) => fits(term, words));
    found.sort((a, b) => rank(a, words) - rank(b, words) || a.name.localeCompare(b.name));
    for (const term of found) labels.set(`avn:${term.name}`, term.label);
    const spaces = Object.keys(prefixes).filter((name) => `${name}:`.startsWith(typed) && typed !== `${name}:`);
    return [...spaces.map((name) => `${name}:`), ...found.slice(0, MOST).map((term) => `avn:${term.name}`)];
  }

  const labels = new Map();

  // Each name is shown with its label, as text.
  function labelled(editor, hints) {
    for (const hint of hints) {
      hint.render = (item) => {
        item.append(hint.text);
        if (labels.has(hint.text)) {
          const label = document.createElement("span");
          label.className = "label";
          label.textContent = labels.get(hint.text);
          item.append(" ", label);
        }
      };
    }
    return hints;
  }

  const inWords = (token) => token.type && /string|comment/.test(token.type) && !token.string.startsWith("avn:");

  // While one types a name with its prefix, completions show by themselves; for other words on Ctrl+Space.
  const prefixed = {
    name: "names",
    bulk: false,
    autoShow: true,
    persistenceId: null,
    isValidCompletionPosition: (editor) => editor.getCompleteToken().string.startsWith("avn:"),
    get: (editor, token) => names(token.string),
    postprocessHints: labelled,
  };
  const bare = {
    ...prefixed,
    name: "words",
    autoShow: false,
    isValidCompletionPosition: (editor) => {
      const token = editor.getCompleteToken();
      return NAME.test(token.string) && !inWords(token);
    },
  };

  function replace(editors) {
    for (const name of Object.keys(editors.Autocompleters)) {
      if (name !== "variables") delete editors.Autocompleters[name];
    }
    editors.defaults.autocompleters = ["variables"];
    editors.registerAutocompleter(prefixed);
    editors.registerAutocompleter(bare);
  }

  return { replace };
})();
