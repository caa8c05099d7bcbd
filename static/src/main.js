import { Button, ErrorSummary, SkipLink, createAll } from "govuk-frontend";
import { copyButtons } from "./copy.js";
import { findBoxes } from "./find.js";

// GOV.UK Frontend refuses to start without this class. Nothing we use is hidden by it, so it can wait for this
// deferred script and the page needs no inline one.
document.body.classList.add("js-enabled", "govuk-frontend-supported");

for (const component of [Button, ErrorSummary, SkipLink]) createAll(component);
findBoxes(document);
copyButtons(document);
