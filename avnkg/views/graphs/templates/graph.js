"use strict";
// The page's own script. All words of documents are put on the screen as text (`el`), never as markup.
(() => {
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const $ = (id) => document.getElementById(id);
  const drawing = read("drawing");
  const records = read("records");
  const items = new Map(records.items.map((item) => [item.id, item]));
  const listed = records.items.filter((item) => (records.kind === "concepts" ? item.edge : !item.edge && !["head", "side"].includes(item.kind)));
  const concepts = records.kind === "concepts" ? records.items.filter((item) => !item.edge) : [];
  const joined = new Map();
  for (const item of records.items) {
    for (const end of item.ends ?? []) joined.set(end, [...(joined.get(end) ?? []), item]);
  }
  const state = { item: null, words: "", chosen: {}, table: false, dark: null };
  let network = null;
  let shown = new Set();
  let last = null;

  // Words as text. What would turn or hide other words is shown as its code point.
  const visible = (words) => String(words).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}]/gu, (c) =>
    c === "\n" || c === "\t" ? c : `<U+${c.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}>`);
  const el = (name, given, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(given ?? {})) {
      if (key === "on") for (const [event, act] of Object.entries(value)) made.addEventListener(event, act);
      else if (value !== undefined && value !== false) made.setAttribute(key, value === true ? "" : visible(value));
    }
    for (const child of children.flat()) {
      if (child instanceof Node) made.append(child);
      else if (child !== undefined && child !== null && child !== "") made.append(visible(child));
    }
    return made;
  };
  const counted = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;
  const claimsOf = (item) => (item.claims ?? []).map((place) => records.claims[place]);

  // Light and dark
  const isDark = () => state.dark ?? matchMedia("(prefers-color-scheme: dark)").matches;
  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const colourOf = (standing) => records.lines[standing][isDark() ? 1 : 0];
  const kinds = () => {
    const [ground, text, raised, line] = ["--ground", "--text", "--raised", "--line"].map(css);
    const plain = { background: raised, border: line, font: text };
    return {
      concept: plain,
      words: { ...plain, background: ground },
      centre: { background: text, border: text, font: ground, size: 16 },
      side: { background: text, border: text, font: ground, size: 14 },
      position: { background: ground, border: text, font: text },
      issue: { background: raised, border: text, font: text, wide: 2.5 },
      common: { background: ground, border: text, font: text },
      dissolved: { background: ground, border: text, font: text },
      head: { background: ground, border: ground, font: text, size: 15 },
    };
  };

  // Which items are shown
  const facetValues = {
    document: (claim) => [claim.document],
    force: (claim) => [claim.force],
    stage: (claim) => valuesOn(claim, "stage"),
    target: (claim) => valuesOn(claim, "deliveryTarget"),
  };
  const valuesOn = (claim, axis) => {
    const found = (claim.conditions ?? []).filter((each) => each[0] === axis).map((each) => each[1]);
    return found.length ? found : [""];
  };
  const texts = new Map();
  const textOf = (item) => {
    if (!texts.has(item.id)) {
      const parts = [item.told];
      for (const claim of claimsOf(item)) {
        parts.push(claim.id, claim.says, records.documents[claim.document]?.[0], ...claim.quotes.map((quote) => quote[0]));
      }
      texts.set(item.id, parts.join("\n").toLowerCase());
    }
    return texts.get(item.id);
  };
  const passes = (item) => {
    const chosen = Object.entries(state.chosen).filter(([, values]) => values.length);
    for (const [key, values] of chosen) if (key === "verdict" && !values.includes(item.standing ?? "")) return false;
    const onClaims = chosen.filter(([key]) => key !== "verdict");
    const claims = claimsOf(item);
    if (onClaims.length && !claims.some((claim) =>
      onClaims.every(([key, values]) => facetValues[key](claim).some((value) => values.includes(value))))) return false;
    const words = state.words.toLowerCase().split(/\s+/).filter(Boolean);
    return words.every((word) => textOf(item).includes(word));
  };
  const filtered = () => Boolean(state.words.trim()) || Object.values(state.chosen).some((values) => values.length);
  const choose = () => {
    shown = new Set();
    for (const item of listed) if (passes(item)) shown.add(item.id);
    if (records.kind === "concepts") {
      for (const item of listed) if (shown.has(item.id)) for (const end of item.ends) shown.add(end);
      if (!filtered()) for (const item of concepts) shown.add(item.id);
    } else {
      for (const item of records.items) {
        if (item.kind === "side" || item.kind === "head") shown.add(item.id);
        if (item.edge && item.ends.every((end) => shown.has(end))) shown.add(item.id);
      }
    }
  };

  // Drawing
  const narrow = () => records.narrow && window.innerWidth <= 640;
  const drawn = () => {
    const style = kinds();
    const ground = css("--ground");
    const text = css("--text");
    const nodes = drawing.nodes.filter((node) => shown.has(node.id)).map((node) => {
      const item = items.get(node.id);
      const own = style[node.kind];
      const border = item.standing ? colourOf(item.standing) : own.border;
      const made = { ...node, font: { color: own.font, size: own.size ?? 13 }, borderWidth: own.wide ?? 1.5,
        color: { background: own.background, border, highlight: { background: own.background, border: css("--accent") },
          hover: { background: own.background, border: css("--accent") } } };
      if (node.shape === "dot") {
        made.color.background = text;
        made.font.color = text;
      }
      if (item.standing) made.shapeProperties = { borderDashes: records.lines[item.standing][2].length ? records.lines[item.standing][2] : false };
      if (node.kind === "head") made.shapeProperties = { borderDashes: false };
      if (node.shape === "box") made.font.size = Math.max(node.letters, own.size ?? 0);
      if (node.shape === "custom") {
        if (narrow()) {
          const [x, y, label, looks, wide, high] = records.narrow[node.id];
          Object.assign(made, { x, y, label, looks, wide, high });
        }
        made.ctxRenderer = card(made, own, border, item.standing);
      }
      return made;
    });
    const edges = drawing.edges.filter((edge) => shown.has(edge.id)).map((edge) => {
      const colour = colourOf(edge.standing);
      return { ...edge, color: { color: colour, highlight: colour, hover: colour, inherit: false },
        font: { color: text, background: ground, size: edge.letters ?? 11 } };
    });
    return { nodes, edges };
  };
  // A box of a dispute: lines that were broken beforehand, strong, quoted or small as they are.
  const FONTS = { t: "600 15px", s: "600 13px", q: "italic 13px", f: "12px", p: "13px" };
  const card = (node, own, border, standing) => ({ ctx, x, y, state: { selected, hover } }) => ({
    drawNode() {
      const [height, pad] = records.box;
      const [left, top] = [x - node.wide / 2, y - node.high / 2];
      ctx.save();
      if (node.kind !== "head") {
        ctx.beginPath();
        ctx.roundRect(left, top, node.wide, node.high, 7);
        ctx.fillStyle = own.background;
        ctx.fill();
        ctx.strokeStyle = selected || hover ? css("--accent") : border;
        ctx.lineWidth = (own.wide ?? 1.6) + (selected ? 2 : 0);
        ctx.setLineDash(standing && !selected ? records.lines[standing][2] : []);
        ctx.stroke();
      }
      const middle = ["side", "issue", "head"].includes(node.kind);
      ctx.textAlign = middle ? "center" : "left";
      ctx.textBaseline = "middle";
      node.label.split("\n").forEach((line, place) => {
        const look = node.looks[place];
        ctx.font = `${FONTS[look]} system-ui, sans-serif`;
        ctx.fillStyle = look === "f" && node.kind !== "side" ? css("--dim") : look === "t" && node.kind === "issue" ? border : own.font;
        ctx.fillText(line, middle ? x : left + pad, top + pad + (place + 0.5) * height, node.wide - 2 * pad);
      });
      ctx.restore();
    },
    nodeDimensions: { width: node.wide, height: node.high },
  });
  const draw = (keepView) => {
    const few = drawing.nodes.reduce((count, node) => count + shown.has(node.id), 0);
    const many = few > records.most;
    $("notice").hidden = !many && few > 0;
    $("graph").style.visibility = many ? "hidden" : "visible";
    if (many || !few) {
      $("hint").hidden = true;
      $("notice").textContent = many
        ? `${few.toLocaleString("en")} concepts are too many to draw at once (${records.most.toLocaleString("en")} can be). Search, or choose filters; the table has them all.`
        : "Nothing fits the search and the filters.";
      if (many && !filtered()) openFilters(true);
      network?.setData({ nodes: [], edges: [] });
      return;
    }
    const data = drawn();
    if (network) {
      const [place, scale] = [network.getViewPosition(), network.getScale()];
      network.setData(data);
      if (keepView && scale) network.moveTo({ position: place, scale, animation: false });
      else home();
    } else {
      const options = JSON.parse(drawing.options);
      network = new vis.Network($("graph"), data, { ...options, autoResize: true });
      network.on("click", (event) => {
        const id = event.nodes[0] ?? event.edges[0];
        select(id === undefined || items.get(id)?.kind === "head" ? null : id);
      });
      network.on("hoverNode", () => { $("graph").style.cursor = "pointer"; });
      network.on("blurNode", () => { $("graph").style.cursor = "default"; });
      for (const moved of ["dragStart", "zoom"]) network.on(moved, () => { $("hint").hidden = true; });
      home();
    }
    mark();
  };
  // Where a reader begins: a dispute at reading size from its top, a graph of concepts whole, if it can be read so.
  const home = () => {
    if (!network || !$("graph").clientWidth) return; // while the table is shown, the graph has no size
    $("hint").hidden = true;
    if (records.kind !== "dispute" || filtered()) {
      network.fit({ animation: false, maxZoomLevel: 1.2 });
      if (network.getScale() < 0.5) {
        // Of a larger one a reader begins at the middle, and finds the rest by moving, or whole by "Fit".
        const most = concepts.filter((item) => shown.has(item.id)).reduce((found, item) =>
          (item.kind === "centre" ? 1e9 : item.claims.length) > (found.kind === "centre" ? 1e9 : found.claims.length) ? item : found);
        const { x, y } = network.getPosition(most.id);
        network.moveTo({ position: { x, y }, scale: 0.65, animation: false });
        $("hint").hidden = false;
      }
      return;
    }
    const box = extent();
    const stage = $("graph");
    const scale = Math.min(1.15, stage.clientWidth / (box.right - box.left + 16));
    const high = stage.clientHeight / scale;
    const y = high > box.bottom - box.top ? (box.top + box.bottom) / 2 : box.top + high / 2 - 8 / scale;
    network.moveTo({ position: { x: (box.left + box.right) / 2, y }, scale, animation: false });
  };
  const extent = () => {
    const found = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
    for (const node of drawing.nodes) {
      if (!shown.has(node.id)) continue;
      const [x, y, , , wide, high] = narrow() ? records.narrow[node.id] : [node.x, node.y, 0, 0, node.wide, node.high];
      found.left = Math.min(found.left, x - wide / 2);
      found.right = Math.max(found.right, x + wide / 2);
      found.top = Math.min(found.top, y - high / 2);
      found.bottom = Math.max(found.bottom, y + high / 2);
    }
    return found;
  };
  const mark = () => {
    if (!network) return;
    network.unselectAll();
    const item = items.get(state.item);
    if (!item || !shown.has(item.id)) return;
    if (item.edge) network.selectEdges([item.id]);
    else network.selectNodes([item.id], false);
  };

  // The panel
  const swatch = (standing, denied) => {
    const space = "http://www.w3.org/2000/svg";
    const made = document.createElementNS(space, "svg");
    made.setAttribute("class", "swatch");
    made.setAttribute("width", "46");
    made.setAttribute("height", "12");
    made.setAttribute("aria-hidden", "true");
    const line = (given) => {
      const part = document.createElementNS(space, "line");
      for (const [key, value] of Object.entries(given)) part.setAttribute(key, value);
      made.append(part);
    };
    const stroke = standing ? colourOf(standing) : css("--text");
    const dashes = standing ? records.lines[standing][2].join(" ") : "";
    line({ x1: 0, y1: 6, x2: 46, y2: 6, stroke, "stroke-width": 3, "stroke-dasharray": dashes });
    if (denied) line({ x1: 23, y1: 0, x2: 23, y2: 12, stroke, "stroke-width": 3 });
    return made;
  };
  const toldOf = (standing) => (records.legend.find((each) => each[0] === standing) ?? ["", standing])[1];
  const legend = () => {
    const parts = [el("h2", {}, "How to read it")];
    for (const [standing, told] of records.legend) parts.push(el("div", { class: "key" }, swatch(standing), el("span", {}, told)));
    parts.push(el("div", { class: "key" }, swatch(null, true), el("span", {}, "✕ and a bar across: the claims deny it")));
    parts.push(el("p", { class: "dim" }, "A thicker line has more independent voices."));
    parts.push(el("p", { class: "dim" }, records.kind === "dispute"
      ? "Left and right: the two sides, in their words. Between them: what is contested. Below: what they agree on."
      : "Boxes are concepts, lines are what is said of them. * said under conditions or with a hedge: choose the line to read them."));
    parts.push(el("p", { class: "dim" }, "Choose a box or a line for the claims, the exact quotes, who says them, and the query that gives the same. “Table” has all of it for the keyboard."));
    parts.push(el("p", { class: "dim" }, "It shows what documents claim. Nothing here says who is right, and nothing is medical advice."));
    return parts;
  };
  // Pages beside this one open in its place; those elsewhere beside it.
  const beside = records.base && records.base.startsWith("http") ? { target: "_blank" } : {};
  const link = (words, path) => (records.base && path
    ? el("a", { href: `${records.base}/${path}`, rel: "noopener noreferrer", ...beside }, words)
    : words);
  const claimCard = (claim) => {
    const [publisher] = records.documents[claim.document] ?? [claim.document];
    const denies = claim.voice.startsWith("−");
    const under = (claim.conditions ?? []).map(([axis, value, standing]) =>
      `${records.axes[axis] ?? axis}: ${value}${standing === "stated" ? "" : standing === "definitional" ? " (by the name)" : ` (${standing})`}`);
    const line = (name, value) => (value ? el("p", { class: "dim" }, `${name}: ${value}`) : null);
    return el("div", { class: denies ? "claim denies" : "claim" },
      el("p", {}, el("strong", {}, publisher), ` ${claim.voice.slice(2)}${denies ? " ✕" : ""}: ${claim.says}`),
      claim.quotes.map(([words, start, end, heading]) => [
        el("blockquote", {}, `“${words}”`),
        el("p", { class: "dim" }, `characters ${start} to ${end}${heading ? `, under “${heading}”` : ""}`),
      ]).flat(),
      line("how often or how far", claim.often), line("amount", claim.amount), line("degree", claim.degree),
      line("under", under.join("; ")), line("leans on", claim.appeal),
      line("basis", claim.basis + (claim.presupposed ? "; taken for granted, not stated" : "")),
      line("our note", claim.note),
      el("p", { class: "dim" }, link(claim.id, records.pages?.[claim.id]), `, force: ${claim.force}, quote ${claim.verification}`));
  };
  const documentCard = (name, claims) => {
    const [publisher, title, kind, published, modified, interest, page] = records.documents[name] ?? [name, name, ""];
    const dates = [published && `published ${published}`, modified && `changed ${modified}`].filter(Boolean).join(", ");
    return [
      el("h4", {}, publisher),
      el("p", { class: "dim" }, link(title, page), `; ${kind}${dates ? `; ${dates}` : "; no date printed"}`),
      interest && el("p", { class: "dim" }, `Interest: ${interest}`),
      ...claims.map(claimCard),
    ].filter(Boolean);
  };
  const claimsByDocument = (claims, most) => {
    const groups = new Map();
    for (const claim of claims.slice(0, most)) groups.set(claim.document, [...(groups.get(claim.document) ?? []), claim]);
    const parts = [...groups].flatMap(([name, own]) => documentCard(name, own));
    if (claims.length > most) {
      const more = el("button", { type: "button" }, `All ${claims.length} claims`);
      const box = el("div", {}, ...parts, more);
      more.addEventListener("click", () => box.replaceChildren(...claimsByDocument(claims, Infinity)));
      return [box];
    }
    return parts;
  };
  const fill = (ask) => records.forms[ask[0]].replace(/\{(\w+)\}/g, (gap, name) => ask[1][name] ?? gap);
  const queryBox = (ask) => {
    if (!ask) return [];
    const text = fill(ask);
    const told = el("span", { role: "status", class: "dim" });
    const box = el("pre", { tabindex: 0 }, text);
    const copy = el("button", { type: "button" }, "Copy");
    copy.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(text);
        told.textContent = " copied";
      } catch {
        getSelection().selectAllChildren(box);
        told.textContent = " selected: copy it with your keyboard";
      }
    });
    return [el("h3", {}, "The same in SPARQL"), box, el("p", {}, copy, told)];
  };
  const itemButton = (item) => el("button", { type: "button", class: "plainly", on: { click: () => select(item.id, true) } },
    item.standing ? swatch(item.standing, item.denied) : null, item.told);
  const details = (item) => {
    const close = el("button", { type: "button", class: "close", "aria-label": "Close the details", on: { click: () => select(null, true) } }, "✕");
    const parts = [close, el("h2", { tabindex: -1, id: "chosen" }, item.told)];
    if (item.standing) parts.push(el("div", { class: "key" }, swatch(item.standing, item.denied), el("span", {}, toldOf(item.standing))));
    if (item.claims) parts.push(el("p", { class: "dim" }, `${counted(item.claims.length, "claim")}, ${counted(item.voices ?? 0, "independent voice")}: ${speakers(item)}`));
    const around = (joined.get(item.id) ?? []).filter((each) => shown.has(each.id));
    if (records.kind === "concepts" && around.length) {
      parts.push(el("h3", {}, "What is said of it"), ...around.slice(0, 12).map(itemButton));
      if (around.length > 12) parts.push(el("details", {}, el("summary", {}, `${around.length - 12} more`), ...around.slice(12).map(itemButton)));
    }
    parts.push(...claimsByDocument(claimsOf(item), 20));
    const relations = (item.relations ?? []).map((id) => records.relations[id]);
    if (relations.length) {
      const most = 8;
      const lines = relations.map(([verdict, says]) => el("p", {}, el("strong", {}, verdict), ` ${says}`));
      parts.push(el("h3", {}, "How it stands to others"), ...lines.slice(0, most));
      if (lines.length > most) parts.push(el("details", {}, el("summary", {}, `${lines.length - most} more`), ...lines.slice(most)));
    }
    const own = new Set(item.claims ?? []);
    const against = [...new Set(relations.flatMap(([, , a, b]) => [...a, ...b]))].filter((place) => !own.has(place));
    if (against.length) {
      parts.push(el("h3", {}, "The claims that it is set against or beside"));
      parts.push(...claimsByDocument(against.map((place) => records.claims[place]), 12));
    }
    parts.push(...queryBox(item.ask));
    return parts;
  };
  const panel = (focus) => {
    const item = items.get(state.item);
    $("panel").classList.toggle("idle", !item);
    $("show-legend").setAttribute("aria-expanded", "false");
    $("panel").replaceChildren(...(item ? details(item) : legend()));
    $("panel").scrollTop = 0;
    if (focus && item) $("chosen").focus();
  };
  const select = (id, focus) => {
    if (id !== null && !items.has(id)) return;
    if (id !== null && focus && !$("panel").contains(document.activeElement)) last = document.activeElement;
    state.item = id;
    panel(focus);
    mark();
    for (const row of document.querySelectorAll("tr[data-item]")) row.classList.toggle("chosen", row.dataset.item === id);
    if (id === null && focus) (last?.isConnected ? last : $("search")).focus();
    save();
  };

  // The table
  const ROWS = 200;
  const rowsOf = (caption, found, columns) => {
    const body = el("tbody");
    const table = el("table", {}, el("caption", {}, `${caption}: ${found.length}`),
      el("thead", {}, el("tr", {}, columns.map(([name]) => el("th", { scope: "col" }, name)))), body);
    const more = el("button", { type: "button" }, "More");
    let at = 0;
    const add = () => {
      for (const item of found.slice(at, at + ROWS)) {
        const row = el("tr", { class: item.id === state.item && "chosen" }, columns.map(([name, cell], place) =>
          el("td", place ? { "data-name": name } : {}, cell(item))));
        row.dataset.item = item.id;
        body.append(row);
      }
      at += ROWS;
      more.hidden = at >= found.length;
    };
    more.addEventListener("click", add);
    add();
    return [table, more];
  };
  const speakers = (item) => [...new Set(claimsOf(item).map((claim) => (records.documents[claim.document] ?? [claim.document])[0]))].join(", ");
  const table = () => {
    if (!state.table) return;
    const open = (item) => el("button", { type: "button", class: "plainly", on: { click: () => select(item.id, true) } }, (item.denied ? "✕ " : "") + item.told);
    const side = (group) => items.get(group.replace("side ", "side:"))?.told ?? group;
    const common = [
      ["How it stands", (item) => (item.standing ? toldOf(item.standing).split(":")[0] : "")],
      ["Voices", (item) => String(item.voices ?? "")],
      ["Claims", (item) => String(item.claims?.length ?? "")],
      ["Who", speakers],
    ];
    const kept = listed.filter((item) => shown.has(item.id));
    const parts = records.kind === "concepts"
      ? [...rowsOf("What is said", kept, [["What is said", open], ...common]),
        ...rowsOf("Concepts", concepts.filter((item) => shown.has(item.id)), [["Concept", open], common[2], common[3]])]
      : rowsOf("The dispute", kept, [["What is said", open], ["Where", (item) => side(item.group)], ...common]);
    $("table").replaceChildren(...parts);
  };

  // Filters
  const openFilters = (open) => {
    $("filters").hidden = !open;
    $("show-filters").setAttribute("aria-expanded", String(open));
  };
  const filters = () => {
    const sets = records.facets.map(([key, label, values]) => {
      const boxes = values.map(([value, told, count]) => {
        const box = el("input", { type: "checkbox" });
        box.checked = (state.chosen[key] ?? []).includes(value);
        box.addEventListener("change", () => {
          const rest = (state.chosen[key] ?? []).filter((each) => each !== value);
          state.chosen[key] = box.checked ? [...rest, value] : rest;
          refresh();
        });
        return el("label", {}, box, `${told} (${count})`);
      });
      return el("fieldset", {}, el("legend", {}, label), el("div", {}, ...boxes));
    });
    const clear = el("button", { type: "button" }, "Show all");
    clear.addEventListener("click", () => {
      state.chosen = {};
      state.words = "";
      $("search").value = "";
      filters();
      refresh();
    });
    $("filters").replaceChildren(...sets, clear);
  };
  const count = () => {
    const kept = listed.filter((item) => shown.has(item.id));
    const claims = new Set(kept.flatMap((item) => item.claims ?? []));
    $("count").textContent = filtered() ? `${kept.length} of ${listed.length} shown, ${counted(claims.size, "claim")}` : "";
  };
  const refresh = (keepView) => {
    choose();
    draw(keepView);
    table();
    count();
    save();
  };

  // The address holds what is chosen, so that it can be shared.
  const save = () => {
    const parts = new URLSearchParams();
    if (state.item) parts.set("item", state.item);
    if (state.words.trim()) parts.set("words", state.words);
    for (const [key, values] of Object.entries(state.chosen)) for (const value of values) parts.append(key, value);
    if (state.table) parts.set("table", "1");
    try {
      history.replaceState(null, "", `#${parts}`);
    } catch { /* a frame without an address of its own */ }
  };
  const restore = () => {
    const parts = new URLSearchParams(location.hash.slice(1));
    state.words = parts.get("words") ?? "";
    state.chosen = {};
    for (const [key] of records.facets) if (parts.has(key)) state.chosen[key] = parts.getAll(key);
    state.item = items.has(parts.get("item")) ? parts.get("item") : null;
    state.table = parts.has("table");
    $("search").value = state.words;
  };

  // Away with it
  const save_as = (name, blob) => {
    const address = URL.createObjectURL(blob);
    const anchor = el("a", { download: name });
    anchor.href = address;
    anchor.click();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
  };
  const fileName = (ending) => `${(records.title.normalize("NFKD").replace(/[^A-Za-z0-9]+/g, "-").slice(0, 60) || "graph").toLowerCase()}.${ending}`;
  const picture = () => {
    const source = $("graph").querySelector("canvas");
    if (!source || !network) return;
    const ratio = source.width / source.clientWidth;
    const made = document.createElement("canvas");
    const [head, foot] = [44 * ratio, (18 * records.legend.length + 16) * ratio];
    made.width = source.width;
    made.height = source.height + head + foot;
    const pen = made.getContext("2d");
    pen.fillStyle = css("--ground");
    pen.fillRect(0, 0, made.width, made.height);
    pen.drawImage(source, 0, head);
    pen.scale(ratio, ratio);
    pen.fillStyle = css("--text");
    pen.font = "600 18px system-ui, sans-serif";
    pen.fillText(visible(records.title), 12, 28);
    pen.font = "13px system-ui, sans-serif";
    records.legend.forEach(([standing, told], place) => {
      const y = (source.height + head) / ratio + 18 * (place + 1);
      pen.strokeStyle = colourOf(standing);
      pen.lineWidth = 3;
      pen.setLineDash(records.lines[standing][2]);
      pen.beginPath();
      pen.moveTo(12, y - 4);
      pen.lineTo(64, y - 4);
      pen.stroke();
      pen.fillText(told, 74, y);
    });
    made.toBlob((blob) => save_as(fileName("png"), blob));
  };
  // Exact words, but that a cell which a spreadsheet would run as a formula begins with an apostrophe.
  const cell = (value) => `"${String(value ?? "").replace(/^(?=[=+\-@\t\r])/, "'").replaceAll('"', '""')}"`;
  const sheet = () => {
    const lines = [["what is said", "denied", "how it stands", "voices", "claim", "publisher", "document", "published", "changed",
      "interest", "what it does", "says", "quote", "how often or how far", "conditions"]];
    for (const item of listed) {
      if (!shown.has(item.id)) continue;
      for (const claim of claimsOf(item)) {
        const [publisher, , , published, modified, interest] = records.documents[claim.document] ?? [claim.document];
        lines.push([item.told, claim.voice.startsWith("−") ? "yes" : "", item.standing, item.voices, claim.id, publisher, claim.document, published,
          modified, interest, claim.voice.slice(2), claim.says, claim.quotes.map((quote) => quote[0]).join(" … "), claim.often,
          (claim.conditions ?? []).map(([axis, value, standing]) => `${axis}: ${value} (${standing})`).join("; ")]);
      }
    }
    const text = lines.map((line) => line.map(cell).join(",")).join("\r\n");
    save_as(fileName("csv"), new Blob(["\ufeff", text, "\r\n"], { type: "text/csv;charset=utf-8" }));
  };

  // Beginning
  const themed = () => document.documentElement.classList.toggle("dark", isDark());
  const showTable = () => {
    $("table").hidden = !state.table;
    $("stage").hidden = state.table;
    $("show-table").textContent = state.table ? "Graph" : "Table";
    $("show-table").setAttribute("aria-pressed", String(state.table));
    table();
  };
  let typing = 0;
  $("search").addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(() => {
      state.words = $("search").value;
      refresh();
    }, 150);
  });
  $("show-filters").addEventListener("click", () => openFilters($("filters").hidden));
  $("show-table").addEventListener("click", () => {
    state.table = !state.table;
    showTable();
    if (!state.table && network) {
      network.setSize("100%", "100%");
      network.redraw();
      home();
    }
    save();
  });
  $("fit").addEventListener("click", () => {
    $("hint").hidden = true;
    network?.fit({ animation: false, maxZoomLevel: 1.2 });
  });
  $("png").addEventListener("click", picture);
  $("csv").addEventListener("click", sheet);
  $("show-legend").addEventListener("click", () => {
    const open = $("show-legend").getAttribute("aria-expanded") !== "true" || state.item !== null;
    if (state.item !== null) select(null);
    $("panel").classList.toggle("idle", !open);
    $("show-legend").setAttribute("aria-expanded", String(open));
  });
  $("theme").addEventListener("click", () => {
    state.dark = !isDark();
    themed();
    draw(true);
    panel();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    themed();
    draw(true);
    panel();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && state.item !== null) select(null, true);
  });
  let wasNarrow = narrow();
  window.addEventListener("resize", () => {
    if (narrow() !== wasNarrow) {
      wasNarrow = narrow();
      draw();
    }
  });
  window.addEventListener("hashchange", () => {
    restore();
    filters();
    showTable();
    refresh();
    panel();
  });

  themed();
  restore();
  filters();
  showTable();
  panel();
  refresh();
  document.documentElement.dataset.ready = "yes";
})();
