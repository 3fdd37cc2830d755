// Conversations are played step by step, and drawn as a graph. The path through one is in the fragment.

// Makes a button of what is inside a drawn part.
function press(item, act) {
  var inner = make("span", { className: "press", tabIndex: 0, role: "button" }, Array.from(item.childNodes));
  item.append(inner);
  inner.addEventListener("click", act);
  inner.addEventListener("keydown", function (event) {
    if (event.key === "Enter" || event.key === " ") { event.preventDefault(); act(); }
  });
  return inner;
}

// What a template draws of the steps: the outermost elements with `data-step`.
function stepsOf(screen) {
  return Array.from(screen.querySelectorAll(".m [data-step]")).filter(function (e) { return !e.parentElement.closest("[data-step]"); });
}

function pathOf(steps) {
  var ids = steps.map(function (e) { return e.dataset.step; });
  var path = [ids[0]];
  (get("p") || "").split("~").forEach(function (id) { if (id && ids.indexOf(id) >= 0) path.push(id); });
  return path;
}

function go(path) { set("p", path.slice(1).join("~")); }

// Leaves the steps of the path, each with the choice that was made; those of the last can be chosen from.
function play(screen) {
  var steps = stepsOf(screen);
  if (!steps.length) return;
  var path = pathOf(steps);
  var byID = Object.create(null);
  steps.forEach(function (e) { byID[e.dataset.step] = e; });
  var end = steps[steps.length - 1].nextSibling;
  var parent = steps[0].parentNode;
  steps.forEach(function (e) { e.remove(); });
  path.forEach(function (id, i) {
    var drawn = byID[id].cloneNode(true);
    parent.insertBefore(drawn, end);
    var choices = Array.from(drawn.querySelectorAll("[data-step]"));
    choices.forEach(function (item) {
      if (i < path.length - 1) {
        if (item.dataset.step !== path[i + 1]) item.classList.add("gone");
        return;
      }
      press(item, function () { go(path.concat([item.dataset.step])); });
    });
    // The message's own buttons come at the end of it.
    if (i === path.length - 1 && choices.length) {
      screen.querySelectorAll(".actions").forEach(function (e) { e.classList.add("gone"); });
    }
  });
}

// Scrolls to the step that was reached.
function showLast(glass) { glass.scrollTop = glass.scrollHeight; }

function playControls(steps) {
  var back = button("Back", function () { go(pathOf(steps).slice(0, -1)); });
  var restart = button("Restart", function () { go([]); });
  var place = make("p", { className: "where" });
  listeners.push(function () {
    var path = pathOf(steps);
    back.disabled = restart.disabled = path.length < 2;
    place.textContent = "Step " + path.length;
  });
  keys.b = function () { if (!back.disabled) back.click(); };
  return make("div", { className: "play" }, [back, restart, place]);
}

// The graph: steps in rows by how many choices lead there, with a line for each choice.
function drawGraph() {
  var section = document.querySelector("section.flow");
  if (!section) return;
  var steps = Array.from(section.querySelectorAll("[data-placard-step]"), function (item) {
    return {
      id: item.dataset.placardStep, title: item.querySelector("strong").textContent,
      to: Array.from(item.querySelectorAll("[data-placard-to]"), function (choice) { return choice.dataset.placardTo; }),
    };
  });
  var byID = Object.create(null);
  steps.forEach(function (s) { byID[s.id] = s; });
  var rows = [], queue = [steps[0]];
  steps[0].depth = 0;
  while (queue.length) {
    var s = queue.shift();
    s.column = (rows[s.depth] = rows[s.depth] || []).push(s) - 1;
    s.to.forEach(function (id) {
      var next = byID[id];
      if (next && next.depth === undefined) { next.depth = s.depth + 1; queue.push(next); }
    });
  }
  var wide = 168, high = 84, box = 44;
  var columns = Math.max.apply(null, rows.map(function (r) { return r.length; }));
  var svg = function (name, values) {
    var element = document.createElementNS("http://www.w3.org/2000/svg", name);
    Object.keys(values).forEach(function (key) { element.setAttribute(key, values[key]); });
    return element;
  };
  var size = [columns * wide + 24, (rows.length - 1) * high + box + 2];
  var lines = svg("svg", { viewBox: "0 0 " + size[0] + " " + size[1], width: size[0], height: size[1], "aria-hidden": "true" });
  var picture = make("div", { className: "graph" }, [lines]);
  picture.style.width = size[0] + "px";
  picture.style.height = size[1] + "px";
  var x = function (s) { return (s.column + (columns - rows[s.depth].length) / 2) * wide; };
  var y = function (s) { return s.depth * high; };
  steps.forEach(function (s) {
    if (s.depth === undefined) return;
    s.to.forEach(function (id) {
      var next = byID[id];
      if (!next) return;
      var from = [x(s) + 74, y(s) + box], to = [x(next) + 74, y(next)], d;
      if (next.depth > s.depth) d = "M" + from + " C" + [from[0], from[1] + 24, to[0], to[1] - 24, to[0], to[1] - 3];
      else {
        // Back, around the side.
        var side = Math.max(x(s), x(next)) + 160;
        d = "M" + [x(s) + 148, y(s) + 30] + " C" + [side + 14, y(s) + 30, side + 14, y(next) + 14, x(next) + 151, y(next) + 14];
      }
      lines.append(svg("path", { d: d, class: "edge" }));
    });
  });
  steps.forEach(function (s) {
    if (s.depth === undefined) return;
    var node = make("div", { className: "node" + (s.to.length ? "" : " last"), textContent: s.title });
    node.style.left = x(s) + "px";
    node.style.top = y(s) + "px";
    picture.append(node);
  });
  section.querySelector("ol").before(make("div", { className: "scroll", tabIndex: 0, role: "region", "aria-label": "Graph of the conversation" }, [picture]));
  var nodes = Array.from(picture.querySelectorAll(".node"));
  var drawn = steps.filter(function (s) { return s.depth !== undefined; });
  listeners.push(function () {
    var path = (get("p") || "").split("~").concat([steps[0].id]);
    drawn.forEach(function (s, i) { nodes[i].classList.toggle("been", path.indexOf(s.id) >= 0); });
  });
}

// Preset replies: what one phone sends, the other shows in its own language.

function repliesOf(section) {
  return section ? Array.from(section.querySelectorAll(".m [data-id]")) : [];
}

// The phone of who receives: the app's own conversation, with the phrase as it came.
function received(section, id) {
  var phrase = repliesOf(section).find(function (item) { return item.dataset.id === id; });
  var m = section.querySelector(".m");
  return make("figure", { className: "screen s-received auto" }, [
    make("div", { className: "talk", lang: m.lang, dir: m.dir || "ltr" }, [
      make("p", { className: "bubble", textContent: phrase ? phrase.textContent : "This language has no such phrase." }),
    ]),
  ]);
}

// On the phone of who sends, phrases can be tapped, and the one that was sent stands above.
function sending(screen, id) {
  var m = screen.querySelector(".m");
  Array.from(screen.querySelectorAll(".m [data-id]")).forEach(function (item) {
    press(item, function () { set("m", item.dataset.id); }).setAttribute("aria-pressed", item.dataset.id === id);
    if (item.dataset.id === id) {
      m.before(make("div", { className: "talk", lang: m.lang, dir: m.dir || "ltr" }, [make("p", { className: "bubble mine", textContent: item.textContent })]));
    }
  });
}
