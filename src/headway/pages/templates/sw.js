// Keeps the look and one page for when the network is gone. Pages themselves are never kept: a device is shared.
const KEEP = "headway-1", FILES = {{ files|safe }};
addEventListener("install", e => e.waitUntil(caches.open(KEEP).then(c => Promise.allSettled(FILES.map(f => c.add(f)))).then(() => skipWaiting())));
addEventListener("activate", e => e.waitUntil(caches.keys().then(ks => Promise.all(ks.filter(k => k !== KEEP).map(k => caches.delete(k)))).then(() => clients.claim())));
addEventListener("fetch", e => {
  const { request } = e, url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate") e.respondWith(fetch(request).catch(() => caches.match("/offline").then(r => r ?? Response.error())));
  else if (url.pathname.startsWith("/static/")) e.respondWith(fetch(request).catch(() => caches.match(request).then(r => r ?? Response.error())));
});
addEventListener("sync", e => { if (e.tag === "outbox") e.waitUntil(clients.matchAll().then(cs => cs.forEach(c => c.postMessage("flush")))); });
