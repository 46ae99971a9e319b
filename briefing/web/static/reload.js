// Added to pages while they are previewed, never to what is published.
new EventSource("/preview/events").addEventListener("changed", () => location.reload());
