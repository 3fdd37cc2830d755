// A device: a screen of exactly so many points, with what the system draws over it.

// Width: height, safe area above and below, name.
var DEVICES = {
  320: [568, 20, 0, "small iPhone", "bar"], 360: [780, 36, 24, "Android phone", "hole"], 390: [844, 54, 34, "iPhone", "island"],
  430: [932, 59, 34, "large iPhone", "island"], 768: [1024, 24, 20, "tablet", "bar"],
};

// Dynamic Type's sizes of body text over its default of 17 points, and the largest that Android has.
var TEXT_SIZES = [
  ["0.82", "xS, 82 %"], ["1", "Default"], ["1.12", "xL, 112 %"], ["1.24", "xxL, 124 %"], ["1.35", "xxxL, 135 %"], ["1.65", "AX1, 165 %"],
  ["1.94", "AX2, 194 %"], ["2", "Android's largest, 200 %"], ["2.35", "AX3, 235 %"], ["2.76", "AX4, 276 %"], ["3.12", "AX5, 312 %"],
];

// The page's own elements. What a template draws stands inside `.m`: whatever it calls its parts, they are not the page's.
function own(selector, root) {
  return Array.from((root || document).querySelectorAll(selector)).filter(function (e) { return !e.parentElement.closest(".m"); });
}

// Letters and the lines that they stand in grow, as a system's text size makes them; nothing else does. All is measured
// before anything is changed, for sizes are inherited.
function scaleText(root, scale) {
  var elements = Array.from(root.querySelectorAll(".m, .m *, .lock, .lock *")).filter(function (e) { return !e.closest("[aria-hidden]"); });
  elements.map(function (element) {
    var style = getComputedStyle(element);
    return [element, parseFloat(style.fontSize), parseFloat(style.lineHeight)];
  }).forEach(function (sizes) {
    sizes[0].style.fontSize = sizes[1] * scale + "px";
    if (sizes[2]) sizes[0].style.lineHeight = sizes[2] * scale + "px";
  });
}

// What fills the screen to its edge keeps its words clear of what the system draws there.
function keepClear(screen, above, below) {
  var full = screen.matches(".s-fullscreen, .s-chat");
  var drawn = screen.querySelector(".m > *");
  if (!drawn || !(full || screen.matches(".s-replies"))) return;
  var style = getComputedStyle(drawn);
  if (full) drawn.style.paddingTop = parseFloat(style.paddingTop) + above + "px";
  drawn.style.paddingBottom = parseFloat(style.paddingBottom) + below + "px";
}

// Draws `screen` on a device in `place`; `prepare` may change the screen before it is measured.
function drawDevice(place, screen, theme, label, prepare) {
  var width = DEVICES[get("w")] ? get("w") : "390";
  var device = DEVICES[width].slice();
  if (screen.matches(".on-android")) { device[3] = "Android phone"; device[4] = "hole"; }
  screen.classList.remove("auto");
  screen.classList.add(theme);
  screen.setAttribute("aria-label", label + ", " + theme);
  var glass = make("div", { className: "glass " + theme, tabIndex: 0, role: "region", "aria-label": label + ", device, " + theme }, [screen]);
  var fold = make("div", { className: "fold", hidden: true, textContent: "more below" });
  var frame = make("div", { className: "device " + device[4] + (screen.matches(".s-fullscreen, .s-chat, .s-push") ? " bare" : "") }, [
    glass, make("div", { className: "status " + theme, "aria-hidden": "true" }), make("div", { className: "home-line " + theme, "aria-hidden": "true" }), fold,
  ]);
  [["--w", width], ["--h", device[0]], ["--above", device[1]], ["--below", device[2]]].forEach(function (pair) {
    frame.style.setProperty(pair[0], pair[1] + "px");
  });
  place.append(frame);
  if (prepare) prepare(screen);
  var scale = Number(get("z"));
  if (scale > 0 && scale !== 1) scaleText(screen, scale);
  keepClear(screen, device[1], device[2]);
  // What is wider than its place is drawn smaller; its own lines stay as they are.
  var room = place.clientWidth / frame.offsetWidth;
  var fit = room < 1 ? Math.floor(room * 100) / 100 : 1;
  if (fit < 1) frame.style.zoom = fit;
  var over = glass.scrollHeight - glass.clientHeight;
  var mark = function () { fold.hidden = glass.scrollTop >= glass.scrollHeight - glass.clientHeight - 1; };
  glass.addEventListener("scroll", mark);
  mark();
  return width + " × " + device[0] + " points, " + device[3] + (fit < 1 ? ", drawn at " + Math.round(fit * 100) + " %" : "") + "."
    + (over > 1 ? " " + over + " points lie below the fold: the screen scrolls." : "");
}
