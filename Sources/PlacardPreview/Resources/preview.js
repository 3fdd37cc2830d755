// Adds to pages that read fine without it: search and facets on the index, one large device frame on a message's
// page, keys. All state is in the URL's fragment (defaults left out), so a link shows what its sender saw.
// Runs from file: URLs: no modules, no fetch, nothing inline. Text enters the page as text, never as markup.
"use strict";
(function () {
  var defaults = {};
  var state = {};
  var listeners = [];

  function read() {
    state = {};
    location.hash.slice(1).split("&").forEach(function (pair) {
      var at = pair.indexOf("=");
      if (at > 0) {
        try { state[pair.slice(0, at)] = decodeURIComponent(pair.slice(at + 1)); } catch (e) { return; }
      }
    });
  }

  function get(key) { return state[key] === undefined ? defaults[key] : state[key]; }

  function set(key, value) {
    if (value === defaults[key] || value === "") delete state[key]; else state[key] = value;
    var hash = Object.keys(state).sort().map(function (k) { return k + "=" + encodeURIComponent(state[k]); }).join("&");
    history.replaceState(null, "", hash ? "#" + hash : location.pathname + location.search);
    update();
  }

  function update() { listeners.forEach(function (f) { f(); }); }

  function make(name, properties, children) {
    var element = document.createElement(name);
    Object.keys(properties || {}).forEach(function (key) {
      if (key in element && key !== "list") element[key] = properties[key]; else element.setAttribute(key, properties[key]);
    });
    (children || []).forEach(function (child) { element.append(child); });
    return element;
  }

  // A labelled select whose value lives in the fragment.
  function choice(key, label, options) {
    var select = make("select", { id: "f-" + key });
    options.forEach(function (option) {
      select.append(make("option", { value: option[0], textContent: option[1] }));
    });
    select.addEventListener("change", function () { set(key, select.value); });
    listeners.push(function () { select.value = get(key) || ""; if (select.selectedIndex < 0) select.selectedIndex = 0; });
    return make("label", {}, [label, select]);
  }

  function step(key, direction) {
    var select = document.getElementById("f-" + key);
    if (!select || !select.options.length) return;
    var count = select.options.length;
    select.selectedIndex = (select.selectedIndex + direction + count) % count;
    set(key, select.value);
  }

  function copyButton() {
    var button = make("button", { type: "button", className: "btn", textContent: "Copy link" });
    button.addEventListener("click", function () {
      var done = function (ok) {
        button.textContent = ok ? "Copied" : location.href;
        setTimeout(function () { button.textContent = "Copy link"; }, 2000);
      };
      if (!navigator.clipboard) return done(false);
      navigator.clipboard.writeText(location.href).then(function () { done(true); }, function () { done(false); });
    });
    return button;
  }

  // The index

  function index(table) {
    var column = { title: 0, folder: 2, template: 3, languages: 4, findings: 5 };
    var rows = Array.from(table.tBodies[0].rows);
    // Values stand between marks of direction, which nobody types.
    var texts = rows.map(function (row) {
      return row.textContent.replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "").toLocaleLowerCase();
    });
    var cell = function (row, n) { return row.cells[n].textContent.trim(); };
    var unique = function (n) {
      return Array.from(new Set(rows.map(function (row) { return cell(row, n); }))).filter(Boolean).sort();
    };
    var plain = function (values) { return values.map(function (v) { return [v, v]; }); };
    var gaps = new Set();
    var gapsOf = rows.map(function (row) {
      var found = [];
      row.cells[column.languages].querySelectorAll("span:not(.ok)").forEach(function (span) {
        span.textContent.trim().split(/\s+/).slice(1).forEach(function (tag) { found.push(tag); gaps.add(tag); });
      });
      return found;
    });
    var search = make("input", { type: "search", id: "f-q", placeholder: "Title, id, audience, …", autocomplete: "off" });
    search.addEventListener("input", function () { set("q", search.value); });
    listeners.push(function () { if (search.value !== (get("q") || "")) search.value = get("q") || ""; });
    var count = make("output", { role: "status" });
    var form = make("form", { className: "filters", role: "search" }, [
      make("label", {}, ["Search", search]),
      choice("folder", "Folder", [["", "All"]].concat(plain(unique(column.folder)))),
      choice("template", "Template", [["", "All"]].concat(plain(unique(column.template)))),
      choice("gap", "Gap in", [["", "Any language"]].concat(plain(Array.from(gaps).sort()))),
      choice("found", "Findings", [["", "All"], ["some", "With findings"], ["none", "Without"]]),
      choice("sort", "Sort by", [["", "Id"], ["title", "Title"], ["folder", "Folder"], ["template", "Template"]]),
      copyButton(), count,
    ]);
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    document.getElementById("filters").append(form);
    listeners.push(function () {
      var words = (get("q") || "").toLocaleLowerCase().split(/\s+/).filter(Boolean);
      var shown = 0;
      rows.forEach(function (row, i) {
        var ok = words.every(function (word) { return texts[i].includes(word); })
          && (!get("folder") || cell(row, column.folder) === get("folder"))
          && (!get("template") || cell(row, column.template) === get("template"))
          && (!get("gap") || gapsOf[i].includes(get("gap")))
          && (!get("found") || (cell(row, column.findings) !== "") === (get("found") === "some"));
        row.hidden = !ok;
        if (ok) shown += 1;
      });
      count.textContent = shown === rows.length ? rows.length + " messages" : shown + " of " + rows.length;
      document.getElementById("empty").hidden = shown > 0;
    });
    var sorted = "";
    listeners.push(function () {
      var by = column[get("sort")] === undefined ? "" : get("sort");
      if (by === sorted) return;
      sorted = by;
      // Rows come in the order of their ids; the sort is stable.
      var ordered = rows.slice();
      if (by) ordered.sort(function (a, b) { return cell(a, column[by]).localeCompare(cell(b, column[by])); });
      ordered.forEach(function (row) { table.tBodies[0].append(row); });
    });
    keys["/"] = function () { search.focus(); };
    var move = function (direction) {
      var links = Array.from(table.tBodies[0].rows).filter(function (row) { return !row.hidden; }).map(function (row) { return row.querySelector("a"); });
      var at = links.indexOf(document.activeElement);
      var link = links[at < 0 ? (direction > 0 ? 0 : links.length - 1) : at + direction];
      if (link) link.focus();
    };
    keys.j = function () { move(1); };
    keys.k = function () { move(-1); };
  }

  // A message

  // The page's own elements. What a template draws stands inside `.m`: whatever it calls its parts, they are not the page's.
  function own(selector, root) {
    return Array.from((root || document).querySelectorAll(selector)).filter(function (e) { return !e.parentElement.closest(".m"); });
  }

  // A screen stands on the page once, in light; its twin in dark comes to stand beside it.
  function twins() {
    own(".pair > .light").forEach(function (light) {
      var name = light.getAttribute("aria-label");
      var dark = light.cloneNode(true);
      dark.classList.replace("light", "dark");
      dark.setAttribute("aria-label", name + ", dark");
      light.setAttribute("aria-label", name + ", light");
      light.after(dark);
    });
  }

  function message(place) {
    twins();
    var sections = own(".loc");
    var withCards = sections.filter(function (section) { return section.querySelector(".screen"); });
    if (!withCards.length) return;
    var variants = Array.from(new Set(own(".var").map(function (v) { return v.dataset.v; })));
    defaults = { l: withCards[0].dataset.l, v: "", t: "", w: "390", z: "1" };
    var frame = make("div", { className: "frame" });
    var note = make("p", { className: "samples", role: "status" });
    var heading = make("h2", { id: "device", textContent: "On a device" });
    var controls = [choice("l", "Language", withCards.map(function (section) {
      return [section.dataset.l, section.querySelector("h3").firstChild.textContent.trim() + " (" + section.dataset.l + ")"];
    }))];
    if (variants.length) {
      controls.push(choice("v", "Variant", [["", "Main"]].concat(variants.map(function (v) { return [v, v]; }))));
    }
    if (own(".vars .pair .s-push").length) {
      controls.push(choice("s", "Screen", [["", "In the app"], ["lock", "Lock screen"]]));
      keys.s = function () { step("s", 1); };
    }
    controls.push(choice("t", "Theme", [["", "Light and dark"], ["light", "Light"], ["dark", "Dark"]]));
    controls.push(choice("w", "Width", [["320", "320, small"], ["360", "360"], ["390", "390"], ["430", "430, large"], ["768", "768, tablet"]]));
    controls.push(choice("z", "Text size", [["1", "100 %"], ["1.3", "130 %"], ["1.6", "160 %"], ["2", "200 %"]]));
    place.append(make("section", { className: "stage", "aria-labelledby": "device" }, [
      heading, make("div", { className: "filters" }, controls.concat([copyButton()])), frame, note,
    ]));
    listeners.push(function () {
      var section = withCards.find(function (s) { return s.dataset.l === get("l"); }) || withCards[0];
      var variant = get("v") && own(".var", section).find(function (v) { return v.dataset.v === get("v"); });
      var theme = get("t") || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
      // A variant that changes nothing of the notification shows the one that all share.
      var lock = get("s") && ((variant && own(".s-push", variant)[0]) || own(".vars .pair .s-push", section)[0]);
      var screen = (lock || (variant || section).querySelector(".screen")).cloneNode(true);
      screen.classList.remove("light", "dark", "auto");
      screen.classList.add(theme);
      screen.setAttribute("aria-label", screen.getAttribute("aria-label").replace(/, light$/, "") + ", " + theme);
      frame.replaceChildren(screen);
      frame.style.setProperty("--width", get("w") + "px");
      frame.style.setProperty("--zoom", get("z"));
      note.textContent = get("v") && !variant ? "This language has no variant " + get("v") + "; the main text is shown." : "";
      if (get("s") && !lock) note.textContent = "This language has no notification; what the app shows is shown.";
      document.documentElement.dataset.theme = get("t") || "both";
    });
    keys.l = function (back) { step("l", back ? -1 : 1); };
    keys.v = function (back) { step("v", back ? -1 : 1); };
    keys.t = function (back) { step("t", back ? -1 : 1); };
    keys.w = function (back) { step("w", back ? -1 : 1); };
    keys.d = function () { document.getElementById("device").scrollIntoView({ block: "start" }); };
    keys.g = function () { document.getElementById("grid").scrollIntoView({ block: "start" }); };
    ["j next", "k prev"].forEach(function (pair) {
      keys[pair[0]] = function () {
        var link = document.querySelector(".turn a[rel=" + pair.slice(2) + "]");
        if (link) location.href = link.href + location.hash;
      };
    });
  }

  // Keys, which can be switched off: some people's software types letters as commands.

  var keys = { "?": help };
  var names = {
    "/": "Search", j: "Next message", k: "Previous message", l: "Next language (Shift: previous)", v: "Next variant", s: "App or lock screen", t: "Theme", w: "Width",
    d: "To the device", g: "To all languages", "?": "This help",
  };

  function stored(value) {
    try {
      if (value !== undefined) localStorage.setItem("placard-keys", value);
      return localStorage.getItem("placard-keys");
    } catch (e) { return null; }
  }

  var keysOn = true;

  function help() {
    var dialog = document.querySelector("dialog");
    if (!dialog) {
      var box = make("input", { type: "checkbox", checked: keysOn });
      box.addEventListener("change", function () { keysOn = box.checked; stored(keysOn ? "on" : "off"); });
      var close = make("button", { type: "button", className: "btn", textContent: "Close" });
      dialog = make("dialog", { "aria-labelledby": "help" }, [make("h2", { id: "help", textContent: "Keys" })]);
      Object.keys(names).forEach(function (key) {
        if (keys[key]) dialog.append(make("p", {}, [make("kbd", { textContent: key }), " " + names[key]]));
      });
      dialog.append(make("p", {}, [make("label", {}, [box, " Use these keys"])]), close);
      close.addEventListener("click", function () { dialog.close(); });
      document.body.append(dialog);
    }
    dialog.showModal();
  }

  function start() {
    keysOn = stored() !== "off";
    read();
    var table = document.querySelector("table.index");
    var place = document.getElementById("stage");
    if (table) index(table);
    if (place) message(place);
    var button = make("button", { type: "button", className: "btn", textContent: "Keys" });
    button.addEventListener("click", help);
    document.querySelector(".bar").append(button);
    addEventListener("hashchange", function () { read(); update(); });
    addEventListener("keydown", function (event) {
      if (!keysOn || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea, dialog")) return;
      var action = keys[event.key] || (event.shiftKey && keys[event.key.toLowerCase()]);
      if (!action) return;
      event.preventDefault();
      action(event.shiftKey);
    });
    update();
    document.documentElement.dataset.placardReady = "";
  }

  // The switch of themes is for readers without this script: not even for a moment does it show.
  document.documentElement.dataset.theme = "both";
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start); else start();
})();
