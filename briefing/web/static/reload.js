// Added to pages while they are previewed, never to what is published. In the tool's frame, the tool reloads them.
if (window === top) new EventSource("/preview/events").addEventListener("changed", () => location.reload());
