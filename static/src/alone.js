// Pages of answering alone: read aloud, leave quickly, and show nothing from the browser's memory.
import { readAloud } from "./aloud.js";
import { leaveQuickly } from "./leave.js";

// Going back must ask the server, which no longer knows this browser once the answers are sent.
window.addEventListener("pageshow", (event) => event.persisted && location.reload());

readAloud(document);
leaveQuickly(document);
