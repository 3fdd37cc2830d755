function start() {
  read();
  var table = document.getElementById("filters") && document.querySelector("table.index");
  var place = document.getElementById("stage");
  if (table) index(table);
  if (place) message(place);
  if (own(".toc, article.change").length) changes();
  document.querySelector(".bar").append(button("Keys", help));
  addEventListener("hashchange", function () { read(); update(); });
  listenToKeys();
  update();
  document.documentElement.dataset.placardReady = "";
}

// The switch of themes is for readers without this script: not even for a moment does it show.
document.documentElement.dataset.theme = "light";
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start); else start();
