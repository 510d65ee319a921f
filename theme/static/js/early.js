/* In the head, before the first paint: what the reader has chosen, and that there is a script at all. */
(function (page) {
  page.classList.add("js");
  try {
    ["size", "scheme", "edition"].forEach(function (name) {
      var chosen = localStorage.getItem("reader-" + name);
      if (chosen) page.setAttribute("data-" + name, chosen);
    });
  } catch (error) { /* a reader who keeps nothing reads as everybody does */ }
})(document.documentElement);
