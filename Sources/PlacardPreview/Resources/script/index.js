// The index: search, facets and order, all of them over the rows that stand there.

function index(table) {
  // A row's message is the one that it leads to.
  var rows = Array.from(table.querySelectorAll("tbody tr")).filter(function (row) {
    var link = row.querySelector("th > a");
    if (link) row.dataset.placardId = decodeURIComponent(link.getAttribute("href").slice(2, -5));
    return link;
  });
  var bodies = Array.from(table.tBodies);
  var locales = table.dataset.placardLocales.split(" ");
  // Where a row names the number of its languages alone, they are all, or those that it does not name.
  var tags = function (row, span) {
    if (!/ \d+( others)?$/.test(span.textContent)) return span.textContent.trim().split(/\s+/).slice(1);
    var named = row.querySelector(".states").textContent.trim().split(/\s+/);
    return locales.filter(function (tag) { return named.indexOf(tag) < 0; });
  };
  // Values stand between marks of direction, which nobody types.
  var entries = rows.map(function (row) {
    var found = [];
    row.querySelectorAll(".states > span:not(.ok)").forEach(function (span) { found = found.concat(tags(row, span)); });
    return {
      row: row, body: row.parentElement, gaps: found, text: plain(row.textContent), template: row.cells[2].textContent.trim(),
      folder: row.parentElement.dataset.placardFolder || "", window: row.querySelector(".window") ? "dates" : "always",
      states: Array.from(row.querySelectorAll(".states > span"), function (span) { return span.textContent.trim()[0]; }),
      found: row.cells[4].textContent.trim() !== "", title: row.querySelector("th a").textContent.trim(), change: row.dataset.placardChange || "",
    };
  });
  var unique = function (of) {
    return Array.from(new Set([].concat.apply([], entries.map(of)))).filter(Boolean).sort().map(function (v) { return [v, v]; });
  };
  var states = Array.from(document.querySelectorAll(".legend span"), function (span) {
    return [span.textContent.trim()[0], span.textContent.trim()];
  }).filter(function (pair, i, all) {
    return all.findIndex(function (other) { return other[0] === pair[0]; }) === i && entries.some(function (e) { return e.states.indexOf(pair[0]) >= 0; });
  });
  var search = make("input", { type: "search", id: "f-q", placeholder: "Title, text, id, audience, group, link, …", autocomplete: "off" });
  search.addEventListener("input", function () { set("q", search.value); });
  search.addEventListener("focus", loadTexts);
  listeners.push(function () { if (search.value !== (get("q") || "")) search.value = get("q") || ""; });
  var count = make("output", { role: "status" });
  var controls = [
    make("label", {}, ["Search", search]),
    choice("folder", "Folder", [["", "All"]].concat(unique(function (e) { return e.folder; }))),
    choice("template", "Template", [["", "All"]].concat(unique(function (e) { return e.template; }))),
    choice("status", "Translation", [["", "Any"]].concat(states)),
    choice("gap", "Gap in", [["", "Any"]].concat(unique(function (e) { return e.gaps; }))),
    choice("window", "Window", [["", "Any"], ["dates", "With dates"], ["always", "Always"]]),
    choice("found", "Diagnostics", [["", "All"], ["some", "Some"], ["none", "None"]]),
  ].concat(entries.some(function (e) { return e.change; }) ? [
    choice("changed", "Changed", [["", "All"], ["any", "Changed"], ["none", "As before"]].concat(unique(function (e) { return e.change; }))),
  ] : []).concat([
    choice("sort", "Sort by", [["", "Folder"], ["title", "Title"], ["template", "Template"]]),
  ]);
  var form = make("form", { className: "filters", role: "search" }, controls.concat([copyButton(), count]));
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  document.getElementById("filters").append(form);
  // Who goes on typing looks among what has been found; it is looked for anew where there are other texts or another filter.
  var last = "", filter = "";
  var renew = function () { filter = ""; };
  listeners.push(function () {
    if (get("q")) loadTexts();
    var matches = matcher();
    var words = get("q") || "", others = "#" + fragment(["q"]);
    var goesOn = others === filter && words.indexOf(last) === 0;
    last = words;
    filter = others;
    var shown = 0;
    entries.forEach(function (entry) {
      var ok = !(goesOn && entry.row.hidden) && matches(entry);
      if (entry.row.hidden === ok) entry.row.hidden = !ok;
      if (ok) shown += 1;
    });
    bodies.forEach(function (body) {
      body.hidden = !Array.from(body.rows).some(function (row) { return row.dataset.placardId !== undefined && !row.hidden; });
    });
    count.textContent = shown === rows.length ? rows.length + " messages" : shown + " of " + rows.length;
    document.getElementById("empty").hidden = shown > 0;
  });
  // In the order of folders rows stand in the bodies that they came in; in any other, in one without headings.
  var sorted = "";
  var flat = make("tbody");
  listeners.push(function () {
    var by = get("sort") === "title" || get("sort") === "template" ? get("sort") : "";
    if (by === sorted) return;
    sorted = by;
    if (!by) {
      flat.remove();
      entries.forEach(function (entry) { entry.body.append(entry.row); });
      bodies = Array.from(bodies[0] === flat ? originals : bodies);
      bodies.forEach(function (body) { table.append(body); });
    } else {
      if (bodies[0] !== flat) bodies.forEach(function (body) { body.remove(); });
      entries.slice().sort(function (a, b) { return a[by].localeCompare(b[by]); }).forEach(function (entry) { flat.append(entry.row); });
      table.append(flat);
      bodies = [flat];
    }
    update();
  });
  var originals = bodies;
  // A message's page follows the filter: its address has the fragment from the moment that somebody turns to it.
  ["pointerover", "focusin", "click"].forEach(function (kind) {
    table.addEventListener(kind, function (event) {
      var link = event.target.closest("th > a[href]");
      if (link) link.hash = fragment();
    });
  });
  onTexts = function (texts) {
    var byID = new Map(texts.map(function (entry) { return [entry.id, entry.text]; }));
    entries.forEach(function (entry) { entry.more = byID.get(entry.row.dataset.placardId) || ""; });
    renew();
    update();
  };
  keys["/"] = function () { search.focus(); };
  var move = function (direction) {
    var links = Array.from(table.querySelectorAll("tr[data-placard-id]:not([hidden]) th > a:first-child"));
    var at = links.indexOf(document.activeElement);
    var link = links[at < 0 ? (direction > 0 ? 0 : links.length - 1) : at + direction];
    if (link) link.focus();
  };
  keys.j = function () { move(1); };
  keys.k = function () { move(-1); };
}

function plain(text) { return text.replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "").toLocaleLowerCase(); }

// Whether a message is among those that the fragment asks for.
function matcher() {
  var words = plain(get("q") || "").split(/\s+/).filter(Boolean);
  return function (entry) {
    return words.every(function (word) { return entry.text.includes(word) || entry.more && entry.more.includes(word); })
      && (!get("folder") || entry.folder === get("folder"))
      && (!get("template") || entry.template === get("template"))
      && (!get("status") || entry.states.indexOf(get("status")) >= 0)
      && (!get("gap") || entry.gaps.indexOf(get("gap")) >= 0)
      && (!get("window") || entry.window === get("window"))
      && (!get("found") || entry.found === (get("found") === "some"))
      && (!get("changed") || (get("changed") === "any" ? entry.change : entry.change === get("changed").replace("none", "")));
  };
}

// What is searched beyond the rows, and what other pages know of the index, is in a file of its own, asked for once.
var onTexts = function () {};
var isLoading = false;

function loadTexts() {
  if (isLoading) return;
  isLoading = true;
  var root = document.querySelector(".home").getAttribute("href").replace("index.html", "");
  var read = [];
  // A file at a time, and a few of its messages at a time, so that whoever types meanwhile is answered.
  window.placardTexts = function (list, next) {
    var end = read.length + list.length;
    var go = function () {
      list.splice(0, 10).forEach(function (entry) {
        read.push({
          id: entry[0], title: entry[1], folder: entry[2], template: entry[3], states: entry[4].split(""), gaps: entry[5].split(" "),
          window: entry[6], found: entry[7] > 0, change: entry[9] || "", text: plain(entry.slice(0, 4).concat(entry[8]).join(" ")),
        });
      });
      if (read.length < end) setTimeout(go); else if (next) load("texts-" + next + ".js"); else onTexts(read);
    };
    go();
  };
  var load = function (name) { document.head.append(make("script", { src: root + "data/" + name })); };
  load("texts.js");
}
