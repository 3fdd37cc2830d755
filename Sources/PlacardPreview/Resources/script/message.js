// A message's page: the device with its switches, and beside each language the words of the source.

function message(place) {
  var sections = own(".loc");
  if (!sections.length) return;
  var source = sections[0];
  var root = document.documentElement;
  var variants = Array.from(new Set(own(".var[data-v]").map(function (v) { return v.dataset.v; })));
  var screenOf = function (section) { return own(".pair > .screen", section)[0]; };
  var phrases = own(".pair > .s-replies").length > 0 && repliesOf(source).length > 0;
  defaults = { l: source.dataset.l, v: "", t: matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light", w: "390", z: "1", x: "", p: "", s: "" };
  var nameOf = function (section) { return section.querySelector("h3").firstChild.textContent.trim(); };
  var languages = sections.map(function (section) { return [section.dataset.l, nameOf(section) + " (" + section.dataset.l + ")"]; });
  var controls = [choice("l", phrases ? "Sender’s language" : "Language", languages)];
  if (phrases) {
    var other = sections.find(function (s) { return s !== source && screenOf(s); }) || source;
    defaults.r = other.dataset.l;
    defaults.m = repliesOf(source)[0].dataset.id;
    controls.push(choice("r", "Receiver’s language", languages));
  }
  if (variants.length) controls.push(choice("v", "Variant", [["", "Main"]].concat(variants.map(function (v) { return [v, v]; }))));
  if (own(".var.long").length) {
    controls.push(choice("x", "Values", [["", "Sample"], ["long", "Longest"]]));
    keys.x = function () { step("x", 1); };
  }
  var isNotification = own(".pair > .s-push").length > 0;
  if (own(".s-push").length) {
    controls.push(choice("s", "Screen", (isNotification ? [] : [["", "In the app"]]).concat([["ios", "iPhone’s lock screen"], ["android", "Android’s lock screen"]])));
    if (isNotification) defaults.s = "ios";
    keys.s = function () { step("s", 1); };
  }
  controls.push(choice("t", "Theme", [["light", "Light"], ["dark", "Dark"], ["both", "Both, side by side"]]));
  controls.push(choice("w", "Width", [["320", "320"], ["360", "360"], ["390", "390"], ["430", "430"], ["768", "768, tablet"]]));
  controls.push(choice("z", "Text size", TEXT_SIZES));
  var tools = make("div", { className: "filters" }, controls.concat([copyButton()]));
  document.getElementById("tools").append(tools);

  var steps = stepsOf(source);
  var frame = make("div", { className: "frame" });
  var note = make("p", { className: "samples", role: "status" });
  var parts = [make("h2", { className: "vh", id: "device", textContent: "On a device" }), frame, note];
  if (steps.length) parts.splice(1, 0, playControls(steps));
  place.append(make("section", { className: "stage", "aria-labelledby": "device" }, parts));
  drawGraph();
  besides(sections, source);

  // What readers of a language see: a screen, and what is to be said of it. No screen where nobody sees anything.
  function seen(tag) {
    var section = sections.find(function (s) { return s.dataset.l === tag; });
    if (!section) return { section: source, words: "This message has no language " + tag + ": " + nameOf(source) + " is shown. " };
    var words = "";
    if (section.dataset.placardShows) {
      var shown = sections.find(function (s) { return s.dataset.l === section.dataset.placardShows; });
      words = "Not translated to " + nameOf(section) + ": its readers see " + nameOf(shown) + ". ";
      section = shown;
    }
    if (!screenOf(section)) return { section: null, words: "Nobody sees this message in " + nameOf(section) + ". " };
    return { section: section, words: words };
  }

  function draw(section, theme) {
    var words = "";
    var variant = get("v") && own(".var", section).find(function (v) { return v.dataset.v === get("v"); });
    if (get("v") && !variant) words += "This language has no variant " + get("v") + ": the main text is shown. ";
    var long = get("x") && own(".var.long", section)[0];
    if (get("x") && variant) words += "Long values are shown with the main text alone. ";
    else if (get("x") && !long) words += "Here no value is longer than the sample. ";
    var shown = variant || long || section;
    var lock = get("s") && (own(".s-push", shown)[0] || own(".alert > .s-push", section)[0]);
    if (get("s") && !lock) words += "This language has no notification: what the app shows is shown. ";
    var screen = (lock || own(".screen", shown)[0]).cloneNode(true);
    if (lock) screen.classList.add("on-" + (get("s") === "android" ? "android" : "ios"));
    var label = nameOf(section) + (lock ? ", lock screen" : "");
    if (!phrases || lock) words += drawDevice(frame, screen, theme, label, steps.length ? play : null);
    else {
      words += drawDevice(frame, screen, theme, label + ", sender", function (s) { sending(s, get("m")); });
      var reader = seen(get("r"));
      words += " " + reader.words;
      if (reader.section) drawDevice(frame, received(reader.section, get("m")), theme, nameOf(reader.section) + ", receiver");
    }
    if (steps.length && get("p")) showLast(frame.lastChild.querySelector(".glass"));
    return words;
  }

  function redraw() {
    var theme = get("t") === "dark" || get("t") === "both" ? get("t") : "light";
    root.dataset.theme = theme;
    root.style.setProperty("--tools", tools.offsetHeight + "px");
    root.classList.toggle("wide", theme === "both" || get("w") === "768" || phrases);
    root.style.setProperty("--grid", (DEVICES[get("w")] && get("w") !== "768" ? get("w") : "390"));
    var focused = frame.contains(document.activeElement);
    frame.replaceChildren();
    var reader = seen(get("l"));
    if (!reader.section) { frame.append(make("p", { className: "none nobody", textContent: reader.words })); note.textContent = ""; return; }
    note.textContent = reader.words + (theme === "both" ? ["light", "dark"] : [theme]).map(function (t) { return draw(reader.section, t); }).pop();
    if (focused) { var next = frame.querySelector(".press[aria-pressed=true], .press") || frame.querySelector(".glass"); next.focus({ preventScroll: true }); }
    single();
    if (theme === "both") twins();
    longOnes();
  }
  listeners.push(redraw);
  // Cards that were exchanged in the open page, by a server that watches the project.
  window.placardCards = function (ids) {
    sections = own(".loc");
    source = sections[0];
    var changed = ids.indexOf(source.id) >= 0 ? sections : sections.filter(function (s) { return ids.indexOf(s.id) >= 0; });
    changed.forEach(function (section) { own(".beside, .diffs, .source-text", section).forEach(function (e) { e.remove(); }); });
    besides(changed, source);
    redraw();
  };
  var lastWidth = innerWidth;
  addEventListener("resize", function () { if (innerWidth !== lastWidth) { lastWidth = innerWidth; redraw(); } });

  listeners.push(function () {
    own(".langs a").forEach(function (link) {
      if (link.hash.slice(3) === get("l")) link.setAttribute("aria-current", "true"); else link.removeAttribute("aria-current");
    });
  });
  own(".langs a").forEach(function (link) {
    link.addEventListener("click", function (event) {
      event.preventDefault();
      set("l", link.hash.slice(3));
      document.getElementById(link.hash.slice(1)).scrollIntoView({ block: "nearest" });
    });
  });
  keys.l = function (back) { step("l", back ? -1 : 1); };
  keys.v = function (back) { step("v", back ? -1 : 1); };
  keys.t = function (back) { step("t", back ? -1 : 1); };
  keys.w = function (back) { step("w", back ? -1 : 1); };
  keys.z = function (back) { step("z", back ? -1 : 1); };
  keys.d = function () { place.scrollIntoView({ block: "start" }); };
  keys.g = function () { document.getElementById("grid").scrollIntoView({ block: "start" }); };
  neighbors();

  // One screen again, in the theme that is chosen.
  function single() {
    own(".pair > .dark").forEach(function (dark) { dark.remove(); });
    own(".pair > .light").forEach(function (light) { light.classList.replace("light", "auto"); });
  }

  // In both themes, a screen's twin in dark comes to stand beside it; made when it is asked for.
  function twins() {
    own(".pair > .auto").forEach(function (light) {
      var dark = light.cloneNode(true);
      light.classList.replace("auto", "light");
      dark.classList.replace("auto", "dark");
      dark.setAttribute("aria-label", light.getAttribute("aria-label") + ", dark");
      light.after(dark);
    });
  }

  // In place of each language's main card the one with long values, where that is asked for.
  function longOnes() {
    sections.forEach(function (section) { section.classList.toggle("as-long", get("x") === "long" && own(".var.long", section).length > 0); });
    own(".vars").forEach(function (details) { if (get("x") === "long" && own(".var.long", details).length) details.open = true; });
  }
}

// Beside each language the words of the source, and beside each folded variant its words that differ.
function besides(sections, source) {
  var first = own(".pair > .screen > *", source)[0];
  var lines = first ? linesOf(first) : [];
  sections.forEach(function (section) {
    var screen = own(".pair > .screen", section)[0];
    if (!screen) return;
    var drawn = own(".pair > .screen > *", section)[0];
    if (section !== source && !section.closest(".pseudo") && drawn && drawn.lang !== first.lang) {
      var words = make("div", { className: "beside", lang: first.lang || document.documentElement.lang, dir: first.dir || "ltr" },
        lines.map(function (line) { return make("p", { textContent: line }); }));
      // Much of it is folded.
      own(".pair", section)[0].after(lines.length < 12 ? words : make("details", { className: "source-text" }, [make("summary", { textContent: "Source text" }), words]));
    }
    // The same values are said once.
    var values = own(":scope > .samples", section)[0];
    var sources = own(":scope > .samples", source)[0];
    if (values && sources && section !== source && values.textContent === sources.textContent) values.hidden = true;
    var details = own(".vars", section)[0];
    if (!details) return;
    var main = wordsOf(linesOf(drawn), drawn.lang);
    var list = make("ul", { className: "diffs" });
    own(".var", details).forEach(function (variant) {
      var other = own(".screen > *", variant)[0];
      var words = other && differing(main, wordsOf(linesOf(other), drawn.lang));
      var item = make("li", {}, [make("b", { textContent: variant.dataset.v || "long values" }), " "]);
      item.append(make("span", { lang: drawn.lang, dir: drawn.dir || "ltr" }, [words || "the same words"]));
      list.append(item);
    });
    details.before(list);
  });
}

// Previous and next keep the language, the theme and the like, and follow the filter that the index had.
function neighbors() {
  var links = own(".turn a");
  listeners.push(function () { links.forEach(function (link) { link.hash = fragment(["v", "p", "m", "r"]); }); });
  ["j next", "k prev"].forEach(function (pair) {
    keys[pair[0]] = function () {
      var link = document.querySelector(".turn a[rel=" + pair.slice(2) + "]:not([hidden])");
      if (link) location.href = link.href;
    };
  });
  var home = document.querySelector(".home");
  listeners.push(function () { home.hash = fragment(["v", "p", "m", "r", "l", "t", "w", "z", "x", "s"]); });
  if (!["q", "folder", "template", "status", "gap", "window", "found", "changed", "sort"].some(function (key) { return get(key); })) return;
  onTexts = function (texts) {
    var id = decodeURIComponent(location.pathname.split("/").pop().replace(/\.html$/, ""));
    var list = texts.slice();
    var by = get("sort");
    if (by === "title" || by === "template") list.sort(function (a, b) { return a[by].localeCompare(b[by]); });
    var matches = matcher();
    var shown = list.filter(function (entry) { return entry.id === id || matches(entry); });
    var at = shown.findIndex(function (entry) { return entry.id === id; });
    [["prev", shown[at - 1]], ["next", shown[at + 1]]].forEach(function (pair) {
      var link = document.querySelector(".turn a[rel=" + pair[0] + "]");
      if (!link) return;
      link.hidden = !pair[1];
      if (!pair[1]) return;
      link.pathname = location.pathname.replace(/[^/]*$/, encodeURIComponent(pair[1].id) + ".html");
      link.querySelector(".vh").textContent = " message: " + pair[1].id;
    });
    update();
  };
  loadTexts();
}
