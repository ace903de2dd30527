// Tries: never to end before the handler is known
// Must give: failed timed_out
// Limits: time_ms=400
for (;;) {}
