/// What `placard serve` adds to each page: it waits for news of the project, and puts what has changed in its place.
///
/// Only cards that differ are exchanged, so that the rest of the page, its scroll position and the fragment stay; a page of which
/// more has changed is loaded anew, with both. Errors lie over the page, which still shows the last good build.
let serveScript = """
    "use strict";
    (function () {
      var before;
      function main(text) { return new DOMParser().parseFromString(text, "text/html").querySelector("main"); }
      function parts(main) {
        var cards = {};
        var rest = main.cloneNode(true);
        rest.querySelectorAll("section.loc[id]").forEach(function (section) {
          cards[section.id] = section.outerHTML;
          section.replaceWith(document.createElement("section"));
        });
        return { cards: cards, rest: rest.innerHTML };
      }
      function exchange(text) {
        var now = main(text);
        if (!now || !before) return location.reload();
        var after = parts(now);
        var ids = Object.keys(after.cards);
        var same = after.rest === before.rest && ids.length === Object.keys(before.cards).length
          && ids.every(function (id) { return before.cards[id] !== undefined; });
        var changed = ids.filter(function (id) { return before.cards[id] !== after.cards[id]; });
        if (!same || !window.placardCards) {
          if (same && !changed.length) return;
          return location.reload();
        }
        before = after;
        changed.forEach(function (id) {
          var old = document.getElementById(id);
          old.replaceWith(document.importNode(now.querySelector("#" + CSS.escape(id)), true));
        });
        if (changed.length) window.placardCards(changed);
        document.documentElement.dataset.placardVersion = Number(document.documentElement.dataset.placardVersion || 0) + 1;
      }
      function load() {
        fetch(location.pathname, { cache: "no-store" }).then(function (answer) {
          if (!answer.ok) return location.reload();
          return answer.text().then(exchange);
        }, function () {});
      }
      function overlay(text) {
        var box = document.getElementById("placard-errors");
        if (!text) { if (box) box.remove(); return; }
        if (!box) {
          box = document.createElement("div");
          box.id = "placard-errors";
          box.setAttribute("role", "alert");
          Object.assign(box.style, { position: "fixed", insetInline: "0", bottom: "0", zIndex: "2147483647", maxHeight: "60vh",
            overflow: "auto", padding: "16px 20px", background: "#2b0b0b", color: "#ffe3e0", borderTop: "3px solid #ff6a5e",
            font: "13px/1.5 ui-monospace, SFMono-Regular, Menlo, monospace", whiteSpace: "pre-wrap" });
          document.body.append(box);
        }
        box.textContent = text;
      }
      function listen() {
        var events = new EventSource("/placard/events" + location.pathname);
        events.addEventListener("built", function (event) {
          overlay("");
          var news = JSON.parse(event.data);
          if (news.all) location.reload(); else if (news.pages.indexOf(location.pathname) >= 0) load();
        });
        events.addEventListener("failed", function (event) { overlay(event.data); });
        // A server that was started again may show another build.
        var lost = false;
        events.addEventListener("error", function () { lost = true; });
        events.addEventListener("open", function () { if (lost) { lost = false; load(); } });
      }
      document.addEventListener("DOMContentLoaded", function () {
        var now = document.querySelector("main");
        if (now) before = parts(now);
        listen();
      });
    })();

    """
