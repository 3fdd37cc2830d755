import { appContext, appEvent, messageIDs, MessageAction, MessageID, MessageRequest } from "./generated";

const context = appContext({
  user: {
    as: 'driver "x"\n\u00e9', class: null, self: true, init: -3, type: "3.2", Type: ["x"], home_url: "https://example.com/a?b=c",
    since: new Date("2025-12-01T09:00:00.250Z"), away: "-90.005s", count: 7, share: 0.5, version: "3.4.0", flags: { on: true },
    levels: { l: ["a", "b"] }, moments: [new Date(0)],
  },
  self: { type: "Type" },
});
const id: MessageID = "self";
const action: MessageAction<"self"> = "class";
const request: MessageRequest = "rating";
console.log(JSON.stringify(context));
console.log(JSON.stringify(appEvent("OrderReady", { is: "a", class: "b", status: "not ready", of: ["self"] })));
console.log(JSON.stringify(appEvent("notify")));
console.log(JSON.stringify([id, messageIDs[0], action, request]));
