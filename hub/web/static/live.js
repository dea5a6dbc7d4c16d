"use strict";
/* Keeps a page of the hub as it is now: follows the public feed, asks for the page again at each change and puts in what
   differs. When the hub is not heard the page says how old it is. Nothing here decides what is shown. */
(() => {
  const SILENT_S = 40, EACH_S = 60, SOON_MS = 60, APART_MS = 1000;
  const isBoard = document.body.classList.contains("board");
  let socket = null, heardAt = Date.now(), attempts = 0, asking = false, wanted = false, timer = 0, askedAt = 0;
  let site = null, hubAhead = 0, lastCall = 0;
  const queue = [];
  let on = [], onUntil = 0;

  const live = () => document.getElementById("live");

  /* --- the page itself */
  function address() {
    const url = new URL(location.href);
    url.hash = "";
    if (isBoard) url.searchParams.set("on", on.join(","));
    return url;
  }

  async function ask() {
    if (asking) { wanted = true; return; }
    asking = true;
    askedAt = Date.now();
    try {
      const answer = await fetch(address(), { cache: "no-store" });
      const type = answer.headers.get("Content-Type") || "";
      if (answer.status < 500 && type.startsWith("text/html")) {
        put(new DOMParser().parseFromString(await answer.text(), "text/html"));
        heard();
      }
    } catch (error) { /* the hub is away: the feed tells when it is back */ }
    asking = false;
    if (wanted) { wanted = false; soon(SOON_MS); }
  }

  function soon(ms) {
    clearTimeout(timer);
    timer = setTimeout(ask, ms);
  }

  function put(page) {
    const now = live(), next = page.getElementById("live");
    if (!now || !next || (now.dataset.madeBy || "") !== (next.dataset.madeBy || "")) { location.reload(); return; }
    if (now.dataset.over !== next.dataset.over && next.dataset.over !== undefined) stopAlarm();
    const called = !now.classList.contains("called") && next.classList.contains("called");
    document.title = page.title;
    now.className = next.className;
    Object.assign(now.dataset, next.dataset);
    if (isBoard) for (const part of next.querySelectorAll("[data-part]")) swap(part.dataset.part, part);
    else if (now.innerHTML !== next.innerHTML) now.innerHTML = next.innerHTML;
    for (const part of page.querySelectorAll("body > [data-part]")) swap(part.dataset.part, part);
    if (next.dataset.now) hubAhead = Number(next.dataset.now) - Date.now();
    tick();
    if (called) alarm();
  }

  function swap(name, next) {
    const now = document.querySelector(`[data-part="${name}"]`);
    if (now && now.outerHTML !== next.outerHTML) now.replaceWith(document.importNode(next, true));
  }

  /* --- the feed */
  function connect() {
    try { socket = new WebSocket(new URL("/api/v1/feed", location.href.replace(/^http/, "ws"))); }
    catch (error) { again(); return; }
    socket.onmessage = (event) => { attempts = 0; heard(); message(JSON.parse(event.data)); };
    socket.onclose = again;
  }

  function again() {
    attempts += 1;
    setTimeout(connect, Math.min(15000, 500 * 2 ** attempts) * (0.5 + Math.random() / 2));
    tick();
  }

  function message(said) {
    if (said.type === "hello" || said.type === "heartbeat") hubAhead = Date.parse(said.now) - Date.now();
    if (said.type === "snapshot") { calls(said.board.calls.slice().reverse()); soon(SOON_MS); }
    if (said.type === "change") {
      if (said.kind === "token_called" && said.call) calls([said.call]);
      if (isBoard || mine(said)) soon(isBoard || own(said) ? SOON_MS : APART_MS * (1 + Math.random()));
    }
  }

  const own = (said) => said.call && said.call.label === live().dataset.label;
  const mine = (said) => own(said) || said.departments.some((one) => one.id === live().dataset.department) || said.day;

  /* --- the board's band: one call after the other, more than three waiting at once */
  function calls(made) {
    if (!isBoard) return;
    for (const call of made) {
      const number = Number(call.announcement);
      if (number <= lastCall) continue;
      lastCall = number;
      if (hubNow() - Date.parse(call.at) < onMs()) queue.push(call.announcement);
    }
    next();
  }

  function next() {
    if (!isBoard || Date.now() < onUntil) return;
    on = queue.length > 3 ? queue.splice(0, 4) : queue.splice(0, 1);
    if (on.length) { onUntil = Date.now() + onMs(); setTimeout(next, onMs()); }
    soon(SOON_MS);
  }

  const onMs = () => Number(live().dataset.onS) * 1000;
  const hubNow = () => Date.now() + hubAhead;

  /* --- time and age */
  function heard() {
    heardAt = Date.now();
    away(false);
  }

  function away(is) {
    if (document.body.classList.contains("away") !== is) {
      document.body.classList.toggle("away", is);
      const panel = document.getElementById("away");
      if (panel) panel.hidden = !is;
    }
  }

  function tick() {
    const lost = !socket || socket.readyState > 1;
    if (Date.now() - heardAt > (lost ? 5000 : SILENT_S * 1000)) away(true);
    if (document.body.classList.contains("away")) age();
    const clock = document.getElementById("clock");
    if (clock) clock.textContent = local(hubNow());
    if (Date.now() - askedAt > EACH_S * 1000 && !document.body.classList.contains("away")) ask();
  }

  function local(ms) {
    const offset = Number(document.getElementById("clock").dataset.offsetMin) * 60000;
    return new Date(ms + offset).toISOString().slice(11, 16);
  }

  function age() {
    const words = document.getElementById("age-words"), line = document.getElementById("age");
    if (!words || !line) return;
    const minutes = Math.floor((Date.now() - heardAt) / 60000), hours = Math.floor(minutes / 60);
    const forms = JSON.parse(words.textContent)[hours ? "hours" : "minutes"], n = hours || minutes;
    const form = n === 0 && forms.zero ? "zero" : new Intl.PluralRules(document.documentElement.lang).select(n);
    line.textContent = (forms[form] || forms.other).replace("{time}", local(heardAt + hubAhead)).replace("{n}", n);
  }

  function alarm() {}
  function stopAlarm() {}

  if (!live()) return;
  if (live().dataset.now) hubAhead = Number(live().dataset.now) - Date.now();
  askedAt = Date.now();
  setInterval(tick, 1000);
  connect();
})();
