/* In the head, before the first paint: what the reader has chosen, and that there is a script at all. */
(function (page) {
  page.classList.add("js");
  try {
    ["size", "scheme", "edition"].forEach(function (name) {
      var chosen = localStorage.getItem("reader-" + name);
      if (chosen) page.setAttribute("data-" + name, chosen);
    });
  } catch (error) { /* a reader who keeps nothing reads as everybody does */ }
  /* A page says no more than its date; how long ago that is, the reader's phone knows. Called below the date. */
  window.tellAge = function (day) {
    var years = Math.floor((Date.now() - new Date(day)) / 31556952000);
    if (years < 1) return;
    page.classList.add("is-old");
    var age = document.querySelector(".masthead__age");
    age.firstChild.textContent = years + "年前的报道 · 看最新一期";
    age.hidden = false;
  };
  var known = navigator.userAgent;
  page.classList.add(/MicroMessenger/.test(known) ? "is-wechat" : navigator.share ? "can-share" : "copies");
})(document.documentElement);
