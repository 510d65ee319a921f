/* The reader's controls. Pages read and links work without them; only what Chrome 87 and iOS 14 know is used. */
(function () {
  "use strict";
  var page = document.documentElement;
  var said = document.querySelector("[data-said]");

  function all(selector) { return Array.prototype.slice.call(document.querySelectorAll(selector)); }
  function button(name) { return document.querySelector('[data-do="' + name + '"]'); }
  function say(text) { if (said) { said.textContent = ""; setTimeout(function () { said.textContent = text; }, 50); } }

  /* 字号、深浅、长者版：记在本机 */
  function choose(name, value) {
    if (value) page.setAttribute("data-" + name, value); else page.removeAttribute("data-" + name);
    try {
      if (value) localStorage.setItem("reader-" + name, value); else localStorage.removeItem("reader-" + name);
    } catch (error) { /* it holds for this page */ }
  }
  function size() { return Number(page.getAttribute("data-size") || 3); }
  function resize(step) {
    var wanted = Math.min(5, Math.max(1, size() + step));
    choose("size", wanted === 3 ? "" : String(wanted));
    show();
    say("字号第" + wanted + "档，共五档");
  }
  var SCHEMES = { "": ["light", "◐ 深浅", "深浅随手机"], light: ["dark", "○ 浅色", "浅色"], dark: ["", "● 深色", "深色"] };
  function show() {
    var scheme = page.getAttribute("data-scheme") || "";
    var elder = page.getAttribute("data-edition") === "elder";
    if (button("smaller")) button("smaller").disabled = size() === 1;
    if (button("larger")) button("larger").disabled = size() === 5;
    if (button("scheme")) button("scheme").textContent = (SCHEMES[scheme] || SCHEMES[""])[1];
    if (button("elder")) button("elder").setAttribute("aria-pressed", String(elder));
  }

  /* 复制：微信里未必有剪贴板，就选中一段文字来复制 */
  function copied() { say("已复制"); }
  function copy(text) {
    if (navigator.clipboard && window.isSecureContext) {
      navigator.clipboard.writeText(text).then(copied, function () { copyByHand(text); });
    } else copyByHand(text);
  }
  function copyByHand(text) {
    var field = document.createElement("textarea");
    field.value = text;
    field.setAttribute("readonly", "");
    field.style.cssText = "position:fixed;top:0;opacity:0";
    document.body.appendChild(field);
    field.select();
    field.setSelectionRange(0, text.length);
    var done = false;
    try { done = document.execCommand("copy"); } catch (error) { /* said below */ }
    document.body.removeChild(field);
    if (done) copied(); else say("没有复制成，请长按地址栏复制");
  }
  function address() {
    var link = document.querySelector("link[rel=canonical]");
    var href = link ? link.getAttribute("href") : "";
    return /^https?:/.test(href) ? href : location.href.split(/[?#]/)[0];
  }

  /* 听报：手机自带的中文语音，不上网；有录音的不用 */
  var speech = window.speechSynthesis;
  var voice = null, queue = [], place = -1, paused = false;
  function findVoice() {
    voice = speech.getVoices().filter(function (one) {
      return one.localService && /^(zh|cmn)/i.test(one.lang);
    })[0] || null;
    var recorded = document.querySelector(".story__audio");
    if (voice && button("listen") && !recorded) button("listen").classList.add("is-there");
  }
  function mark(on) { if (queue[place]) queue[place].classList.toggle("is-spoken", on); }
  function next() {
    mark(false);
    place += 1;
    if (place >= queue.length) { stop(); return; }
    mark(true);
    var words = new SpeechSynthesisUtterance(queue[place].textContent);
    words.voice = voice;
    words.lang = voice.lang;
    words.onend = function () { if (place >= 0 && !paused) next(); };
    speech.speak(words);
  }
  function stop() {
    mark(false);
    place = -1;
    paused = false;
    speech.cancel();
    button("listen").textContent = "听报";
    button("stop").classList.remove("is-there");
  }
  function listen() {
    if (place < 0) {
      queue = all("h1.headline, .body p, .body li, .body h2, .body h3");
      button("stop").classList.add("is-there");
      button("listen").textContent = "暂停";
      next();
    } else if (paused) {
      paused = false;
      button("listen").textContent = "暂停";
      place -= 1; /* some engines lose their place: the paragraph is read again */
      next();
    } else {
      paused = true;
      button("listen").textContent = "继续";
      mark(true);
      speech.cancel();
    }
  }
  if (speech && button("listen")) {
    findVoice();
    if (speech.addEventListener) speech.addEventListener("voiceschanged", findVoice);
    else speech.onvoiceschanged = findVoice;
    window.addEventListener("pagehide", function () { speech.cancel(); });
  }

  /* 图片：点一下放大，返回键、Esc、再点一下都是关 */
  var enlarged = null, before = null;
  function enlarge(image) {
    before = image;
    enlarged = document.createElement("dialog");
    var native = typeof enlarged.showModal === "function";
    enlarged.className = "enlarged" + (native ? "" : " enlarged--plain");
    enlarged.setAttribute("aria-label", image.alt || "图片");
    if (!native) enlarged.setAttribute("role", "dialog");
    var large = document.createElement("img");
    large.src = image.getAttribute("src");
    large.alt = image.alt;
    var close = document.createElement("button");
    close.type = "button";
    close.textContent = "关闭";
    enlarged.appendChild(large);
    enlarged.appendChild(close);
    document.body.appendChild(enlarged);
    enlarged.addEventListener("click", function () { history.back(); });
    enlarged.addEventListener("cancel", function (event) { event.preventDefault(); history.back(); });
    history.pushState({ enlarged: true }, "");
    if (native) enlarged.showModal(); else enlarged.setAttribute("open", "");
    close.focus();
  }
  function shrink() {
    if (!enlarged) return;
    document.body.removeChild(enlarged);
    enlarged = null;
    before.focus();
  }
  window.addEventListener("popstate", shrink);
  all("figure.picture img").forEach(function (image) {
    image.tabIndex = 0;
    image.setAttribute("role", "button");
    image.setAttribute("aria-label", "放大图片" + (image.alt ? "：" + image.alt : ""));
    image.addEventListener("click", function () { enlarge(image); });
    image.addEventListener("keydown", function (event) {
      if (event.key === "Enter" || event.key === " ") { event.preventDefault(); enlarge(image); }
    });
  });

  /* 上一篇、下一篇：左右键；左右滑，竖着滚动时不抢 */
  function go(rel) {
    var link = document.querySelector("a[rel=" + rel + "]");
    if (link) location.href = link.href;
  }
  function busy(element) {
    var own = "input, textarea, select, audio, .table-scroll, [contenteditable]";
    return enlarged || (element.closest && element.closest(own));
  }
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && enlarged && enlarged.classList.contains("enlarged--plain")) history.back();
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || busy(event.target)) return;
    if (event.key === "ArrowLeft") go("prev");
    if (event.key === "ArrowRight") go("next");
  });
  var EDGE = 28; /* the system's own swipes begin there */
  var start = null;
  document.addEventListener("touchstart", function (event) {
    var touch = event.touches[0];
    var zoomed = window.visualViewport && window.visualViewport.scale > 1.01;
    var free = event.touches.length === 1 && !zoomed && !busy(event.target)
      && touch.clientX > EDGE && touch.clientX < innerWidth - EDGE;
    start = free ? { x: touch.clientX, y: touch.clientY, at: event.timeStamp } : null;
  }, { passive: true });
  document.addEventListener("touchend", function (event) {
    var begun = start;
    start = null;
    if (!begun || event.touches.length || String(getSelection())) return;
    var across = event.changedTouches[0].clientX - begun.x;
    var down = event.changedTouches[0].clientY - begun.y;
    if (Math.abs(across) < innerWidth / 4 || Math.abs(across) < 2 * Math.abs(down)) return;
    if (event.timeStamp - begun.at > 600) return;
    go(across > 0 ? "prev" : "next");
  }, { passive: true });

  /* 找不到的页：地址里若有期号，指到那一期 */
  var missing = document.querySelector("[data-newest]");
  var wanted = missing && /\/issues\/([0-9]+)\//.exec(location.pathname);
  if (wanted && Number(wanted[1]) <= Number(missing.getAttribute("data-newest"))) {
    var item = document.createElement("li");
    var link = document.createElement("a");
    link.href = location.pathname.slice(0, wanted.index) + wanted[0];
    link.textContent = "到总第" + Number(wanted[1]) + "期里找";
    item.appendChild(link);
    missing.insertBefore(item, missing.firstChild);
  }

  var ACTIONS = {
    smaller: function () { resize(-1); },
    larger: function () { resize(1); },
    scheme: function () {
      choose("scheme", (SCHEMES[page.getAttribute("data-scheme") || ""] || SCHEMES[""])[0]);
      show();
      say("现在是" + SCHEMES[page.getAttribute("data-scheme") || ""][2]);
    },
    elder: function () {
      var on = page.getAttribute("data-edition") !== "elder";
      choose("edition", on ? "elder" : "");
      show();
      say(on ? "已换成长者版" : "已换回普通版");
    },
    listen: listen,
    stop: stop,
    link: function () { copy(address()); },
    citation: function () { copy(button("citation").getAttribute("data-citation")); },
    print: function () { print(); }
  };
  document.addEventListener("click", function (event) {
    var pressed = event.target.closest && event.target.closest("[data-do]");
    if (pressed && ACTIONS[pressed.getAttribute("data-do")]) ACTIONS[pressed.getAttribute("data-do")]();
  });
  show();
})();
