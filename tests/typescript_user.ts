// A program that uses the package of the canonical spec, compiled by the tests.
// Lines below `@ts-expect-error` are mistakes that the compiler has to find.
import {
  DecodeError,
  fromJson,
  isRealtimeSession,
  parseRealtimeSession,
  parseRealtimeTurnDetection,
  realtimeAudioFormatSchema,
  realtimeModalityValues,
  realtimeVoiceValues,
  validateRealtimeServerVad,
  type RealtimeModality,
  type RealtimeSession,
  type RealtimeSessionCreateRequest,
  type RealtimeTokenLimit,
  type RealtimeToolChoice,
  type RealtimeTurnDetection,
  type RealtimeVoice,
  type Schema,
  type Violation,
} from "PACKAGE";
import { parsePrompt } from "PACKAGE/models/prompt";
import { schemas } from "PACKAGE/schemas";
// @ts-expect-error not declared
import { matchesPrompt } from "PACKAGE/models/prompt";

function assert(condition: boolean): asserts condition {
  if (!condition) {
    throw new Error("not as expected");
  }
}

// Values are written as literals; optional properties may be left out.
const session: RealtimeSession = {
  id: "sess_1",
  modalities: ["text", "audio"],
  voice: "alloy",
  turn_detection: null,
  max_response_output_tokens: "inf",
};
const empty: RealtimeSession = {};
const request: RealtimeSessionCreateRequest = {
  client_secret: { value: "ek_1", expires_at: 1 },
};

// @ts-expect-error required
const incomplete: RealtimeSessionCreateRequest = {};
// @ts-expect-error not a modality
const wrongItem: RealtimeSession = { modalities: ["video"] };
// @ts-expect-error not nullable
const wrongNull: RealtimeSession = { voice: null };
// @ts-expect-error present, but undefined
const wrongUndefined: RealtimeSession = { voice: undefined };
// @ts-expect-error not a property
const misspelt: RealtimeSession = { voise: "alloy" };
// @ts-expect-error neither a number nor `inf`
const wrongLimit: RealtimeTokenLimit = "infinite";
// @ts-expect-error the tag belongs to another alternative
const wrongTag: RealtimeTurnDetection = { type: "semantic_vad", threshold: 1 };
void [empty, request, incomplete, wrongItem, wrongNull, wrongUndefined];
void [misspelt, wrongLimit, wrongTag];

// An open enumeration takes any string, and is one.
const newVoice: RealtimeVoice = "a voice of next year";
const text: string = newVoice;
assert(text.length > 0);

// Lists of values have their types, and nobody adds to them.
const modalities: readonly RealtimeModality[] = realtimeModalityValues;
const known: readonly RealtimeVoice[] = realtimeVoiceValues;
assert(modalities.join() === "text,audio" && known.includes("marin"));
const first: "text" = realtimeModalityValues[0];
// @ts-expect-error not a modality
const another: (typeof realtimeModalityValues)[number] = "video";
// @ts-expect-error not to be changed
const changed: string[] = realtimeVoiceValues;
void [first, another, changed];

// A tag narrows, and what is left at the end is nothing.
function describe(detection: RealtimeTurnDetection): string {
  switch (detection.type) {
    case "server_vad":
      return `above ${detection.threshold ?? 0.5}`;
    case "semantic_vad":
      return `eagerness ${detection.eagerness ?? "auto"}`;
    default: {
      const never: never = detection;
      return never;
    }
  }
}
assert(describe({ type: "server_vad", threshold: 0.7 }) === "above 0.7");
assert(
  describe(parseRealtimeTurnDetection({ type: "semantic_vad" })) ===
    "eagerness auto",
);

function toolOf(choice: RealtimeToolChoice): string {
  return typeof choice === "string" ? choice : choice.type;
}
assert(toolOf("required") === "required");

// Checks narrow what is unknown; what is unknown to the spec is kept.
const read: unknown = JSON.parse('{"voice": "ash", "later": [1]}');
assert(isRealtimeSession(read));
const voice: RealtimeVoice | undefined = read.voice;
assert(voice === "ash");
assert(parseRealtimeSession(read) === read);
assert(JSON.stringify(read) === '{"voice":"ash","later":[1]}');

const found: Violation[] = validateRealtimeServerVad({ threshold: 2 });
assert(found.map(({ path }) => path).join() === "threshold,type");
assert(fromJson('{"id": "pmpt_1"}', parsePrompt).id === "pmpt_1");
assert(schemas.get("RealtimeSession")?.(session).length === 0);
assert(schemas.get("constructor") === undefined);
const table: Schema = realtimeAudioFormatSchema;
assert(typeof table === "object" && table.enum?.includes("pcm16") === true);

try {
  fromJson('{"temperature": 2}', parseRealtimeSession);
  assert(false);
} catch (error) {
  assert(error instanceof DecodeError);
  const [first] = error.violations;
  assert(first?.code === "maximum" && first.path === "temperature");
  assert(error.message === "temperature: 2 is above the maximum 1.2 [maximum]");
}

declare const console: { log(text: string): void };
console.log("ok");
