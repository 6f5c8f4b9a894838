
"use strict";
(function () {
  var filters = document.getElementById("filters");
  var byClass = document.getElementById("by-class");
  var byOpen = document.getElementById("by-open");
  var shown = document.getElementById("shown");
  var rows = Array.prototype.slice.call(document.querySelectorAll("tbody tr"));
  var others = Array.prototype.slice.call(document.querySelectorAll(".work li, details"));
  function fits(row) {
    var open = row.getAttribute("data-open").split(" ");
    return (!byClass.value || row.getAttribute("data-class") === byClass.value) && (!byOpen.value || open.indexOf(byOpen.value) >= 0);
  }
  function apply() {
    var left = {};
    var count = 0;
    rows.forEach(function (row) {
      row.hidden = !fits(row);
      if (!row.hidden) {
        left["=" + row.getAttribute("data-class")] = true;
        count += 1;
      }
    });
    others.forEach(function (one) { one.hidden = !left["=" + one.getAttribute("data-class")]; });
    shown.textContent = "Показано строк: " + count + " из " + rows.length;
  }
  // Paper folds nothing away; on the screen everything is as it was before.
  var folded = [];
  addEventListener("beforeprint", function () {
    folded = Array.prototype.slice.call(document.querySelectorAll("details:not([open])"));
    folded.forEach(function (one) { one.open = true; });
  });
  addEventListener("afterprint", function () {
    folded.forEach(function (one) { one.open = false; });
    folded = [];
  });
  filters.hidden = false;
  byClass.addEventListener("change", apply);
  byOpen.addEventListener("change", apply);
  apply();
})();
