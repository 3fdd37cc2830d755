// Adds to pages that read fine without it: search and facets on the index, a device on a message's page, keys.
// All state is in the URL's fragment (defaults left out), so a link shows what its sender saw.
// Runs from file: URLs: no modules, no fetch, nothing inline. Text enters the page as text, never as markup.

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

// The fragment of the state, but for some of its keys.
function fragment(without) {
  var hash = Object.keys(state).sort().filter(function (k) { return !without || without.indexOf(k) < 0; })
    .map(function (k) { return k + "=" + encodeURIComponent(state[k]); }).join("&");
  return hash ? "#" + hash : "";
}

function set(key, value) {
  if (value === defaults[key] || value === "") delete state[key]; else state[key] = value;
  history.replaceState(null, "", fragment() || location.pathname + location.search);
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
  listeners.push(function () {
    select.value = get(key) || "";
    // Nothing is chosen rather than something else than the fragment says.
    if (select.selectedIndex < 0 && get(key) === undefined) select.selectedIndex = 0;
  });
  return make("label", {}, [label, select]);
}

function step(key, direction) {
  var select = document.getElementById("f-" + key);
  if (!select || !select.options.length) return;
  var count = select.options.length;
  select.selectedIndex = (Math.max(0, select.selectedIndex) + direction + count) % count;
  set(key, select.value);
}

function button(label, act) {
  var element = make("button", { type: "button", className: "btn", textContent: label });
  element.addEventListener("click", act);
  return element;
}

function copyButton() {
  var element = button("Copy link", function () {
    var done = function (ok) {
      element.textContent = ok ? "Copied" : location.href;
      setTimeout(function () { element.textContent = "Copy link"; }, 2000);
    };
    if (!navigator.clipboard) return done(false);
    navigator.clipboard.writeText(location.href).then(function () { done(true); }, function () { done(false); });
  });
  return element;
}

// Keys, which can be switched off: some people's software types letters as commands.

var keys = { "?": help };
var names = {
  "/": "Search", j: "Next message", k: "Previous message", l: "Next language (Shift: previous)", v: "Next variant", x: "Long values",
  s: "App or lock screen", t: "Theme", w: "Width", z: "Text size", b: "Back in a conversation", d: "To the device", g: "To all languages",
  "?": "This help",
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
    dialog = make("dialog", { "aria-labelledby": "help" }, [make("h2", { id: "help", textContent: "Keys" })]);
    Object.keys(names).forEach(function (key) {
      if (keys[key]) dialog.append(make("p", {}, [make("kbd", { textContent: key }), " " + names[key]]));
    });
    dialog.append(make("p", {}, [make("label", {}, [box, " Use these keys"])]), button("Close", function () { dialog.close(); }));
    document.body.append(dialog);
  }
  dialog.showModal();
}

function listenToKeys() {
  keysOn = stored() !== "off";
  addEventListener("keydown", function (event) {
    if (!keysOn || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea, dialog")) return;
    var action = keys[event.key] || (event.shiftKey && keys[event.key.toLowerCase()]);
    if (!action) return;
    event.preventDefault();
    action(event.shiftKey);
  });
}
