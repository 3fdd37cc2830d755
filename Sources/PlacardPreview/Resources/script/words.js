// The words of a card, and where those of two cards differ.

var BLOCK = /^(P|LI|UL|OL|DIV|H\d|TABLE|TR|BLOCKQUOTE|PRE|HR|SECTION|ARTICLE|ASIDE|HEADER|FOOTER|FIGURE|FIGCAPTION|DL|DT|DD)$/;

// The lines of what is drawn, as they are read.
function linesOf(root) {
  var lines = [""];
  var end = function () { if (lines[lines.length - 1].trim()) lines.push(""); };
  var walk = function (node) {
    if (node.nodeType === 3) { lines[lines.length - 1] += node.data.replace(/\s+/g, " "); return; }
    if (node.nodeType !== 1 || node.getAttribute("aria-hidden") === "true" || node.matches(".os, .when, .app, .android")) return;
    // What stands in a block without words beside it, such as a button, is a line of its own.
    var alone = BLOCK.test(node.tagName) || BLOCK.test(node.parentNode.tagName) && !Array.from(node.parentNode.childNodes).some(function (n) { return n.nodeType === 3 && n.data.trim(); });
    if (alone) end();
    node.childNodes.forEach(walk);
    if (alone) end();
  };
  root.childNodes.forEach(walk);
  return lines.map(function (line) { return line.trim(); }).filter(Boolean);
}

function wordsOf(lines, language) {
  var text = lines.join("\n");
  try {
    return Array.from(new Intl.Segmenter(language, { granularity: "word" }).segment(text), function (s) { return s.segment; });
  } catch (e) { return text.split(/(\s+)/); }
}

// Runs of words: [kind, text], kind 0 in both, 1 in the second alone. What only the first has is left out.
function difference(first, second) {
  var start = 0;
  while (start < first.length && start < second.length && first[start] === second[start]) start += 1;
  var end = 0;
  while (end < first.length - start && end < second.length - start && first[first.length - 1 - end] === second[second.length - 1 - end]) end += 1;
  var a = first.slice(start, first.length - end), b = second.slice(start, second.length - end);
  var runs = [[0, second.slice(0, start).join("")]];
  var add = function (kind, word) {
    var last = runs[runs.length - 1];
    if (last[0] === kind) last[1] += word; else runs.push([kind, word]);
  };
  if (a.length * b.length > 200000) b.forEach(function (word) { add(1, word); });
  else {
    var size = b.length + 1, common = new Uint16Array((a.length + 1) * size);
    for (var i = a.length - 1; i >= 0; i -= 1) {
      for (var j = b.length - 1; j >= 0; j -= 1) {
        common[i * size + j] = a[i] === b[j] ? common[(i + 1) * size + j + 1] + 1 : Math.max(common[(i + 1) * size + j], common[i * size + j + 1]);
      }
    }
    for (i = 0, j = 0; j < b.length;) {
      if (i < a.length && a[i] === b[j]) { add(0, b[j]); i += 1; j += 1; }
      else if (i < a.length && common[(i + 1) * size + j] >= common[i * size + j + 1]) i += 1;
      else { add(1, b[j]); j += 1; }
    }
  }
  second.slice(second.length - end).forEach(function (word) { add(0, word); });
  return runs;
}

// The words that differ, with a few of those around them.
function differing(first, second) {
  var runs = difference(first, second);
  var place = document.createDocumentFragment();
  var changed = runs.some(function (run) { return run[0]; });
  runs.forEach(function (run, i) {
    if (run[0]) { place.append(make("mark", { textContent: run[1].replace(/\n/g, " ") })); return; }
    var words = run[1].replace(/\n/g, " · ").split(" ");
    var text = words.length > 6 ? (i > 0 ? words.slice(0, 3).join(" ") : "") + " … " + (i < runs.length - 1 ? words.slice(-3).join(" ") : "") : words.join(" ");
    place.append(text);
  });
  return changed ? place : null;
}
