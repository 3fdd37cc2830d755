// The page about changes: what is shown of them, and in which theme.

function changes() {
  var articles = own("article.change");
  var rows = own("tr[data-placard-row]");
  var root = document.documentElement;
  defaults = { t: matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light" };
  var about = function (article) { return article.dataset.placardAbout.split(" ").filter(Boolean); };
  var sides = function (article) { return own("[data-placard-language]", article); };
  var present = function (of) { return Array.from(new Set([].concat.apply([], articles.map(of)))).sort().map(function (value) { return [value, value]; }); };
  var tools = make("form", { className: "filters" });
  var add = function (key, label, all, options) { if (options.length > 1) tools.append(choice(key, label, [["", all]].concat(options))); };
  add("c", "Change", "All", present(function (a) { return [a.dataset.placardChange]; }));
  add("about", "About", "Anything", present(about));
  add("l", "Language", "All", present(function (a) { return sides(a).map(function (side) { return side.dataset.placardLanguage; }); }));
  tools.append(choice("t", "Theme", [["light", "Light"], ["dark", "Dark"]]), copyButton());
  var count = make("output", { role: "status" });
  tools.append(count);
  tools.addEventListener("submit", function (event) { event.preventDefault(); });
  document.getElementById("tools").append(tools);
  listeners.push(function () {
    root.dataset.theme = get("t") === "dark" ? "dark" : "light";
    var shown = 0;
    articles.forEach(function (article) {
      var languages = sides(article);
      languages.forEach(function (side) { side.hidden = !!get("l") && side.dataset.placardLanguage !== get("l"); });
      article.hidden = !!get("c") && article.dataset.placardChange !== get("c")
        || !!get("about") && about(article).indexOf(get("about")) < 0
        || !!get("l") && languages.every(function (side) { return side.hidden; });
      if (!article.hidden) shown += 1;
      var row = rows.find(function (r) { return r.dataset.placardRow === article.id.slice(2); });
      if (row) row.hidden = article.hidden;
    });
    count.textContent = shown === articles.length ? "" : shown + " of " + articles.length + " messages";
  });
  var move = function (direction) {
    var shown = articles.filter(function (article) { return !article.hidden; });
    var at = shown.findIndex(function (article) { return article.getBoundingClientRect().bottom > 170; });
    var next = shown[at < 0 ? shown.length - 1 : Math.max(0, Math.min(shown.length - 1, shown[at].getBoundingClientRect().top > 170 && direction > 0 ? at : at + direction))];
    if (!next) return;
    next.tabIndex = -1;
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "start" });
  };
  keys.j = function () { move(1); };
  keys.k = function () { move(-1); };
  keys.t = function () { step("t", 1); };
  if (document.getElementById("f-l")) keys.l = function (back) { step("l", back ? -1 : 1); };
  // Back from a message: the theme stays.
  listeners.push(function () {
    own("article.change > .sub a").forEach(function (link) { link.hash = get("l") ? fragment(["c", "about"]) : fragment(["c", "about", "l"]); });
  });
  // What is above came after the address was looked up: the switches now, images until all is loaded.
  var target = location.hash.indexOf("#c-") === 0 && document.getElementById(location.hash.slice(1));
  if (target) addEventListener("load", function () { target.scrollIntoView({ behavior: "instant" }); });
}
