"""Where OpenAI's own clients differ from the canonical spec, and why.

The clients' types are generated from other revisions of the API's description than the
one that `spec/` follows, and by their own rules. Each difference is listed once, by the
schema, the client's type and the property (empty for the whole value), with its reason.
The tests hold this both ways: what is listed has to be so still.
"""

from __future__ import annotations

CLOSED_MODEL = "the client lists the models, the spec takes any name"
CHOICE_IS_TEXT = "the beta client has a text only, the spec a function by name, too"
PARAMS_TAKE_NO_NULL = "the beta client's parameters cannot be null, the spec's can"
VOICE_IS_TEXT = "the beta client has no custom voices"

PYTHON: dict[tuple[str, str], dict[str, str]] = {
    ("RealtimeSession", "beta.realtime.session.Session"): {
        "model": CLOSED_MODEL,
        "tool_choice": CHOICE_IS_TEXT,
    },
    ("RealtimeSession", "beta.realtime.session_update_event.Session"): {
        "model": CLOSED_MODEL,
        "tool_choice": CHOICE_IS_TEXT,
    },
    (
        "RealtimeSessionCreateRequest",
        "beta.realtime.session_create_params.SessionCreateParams",
    ): {
        "input_audio_transcription": PARAMS_TAKE_NO_NULL,
        "tool_choice": CHOICE_IS_TEXT,
        "tracing": PARAMS_TAKE_NO_NULL,
        "turn_detection": PARAMS_TAKE_NO_NULL,
        "voice": VOICE_IS_TEXT,
    },
    (
        "RealtimeSessionCreateRequest",
        "beta.realtime.session_create_response.SessionCreateResponse",
    ): {"tool_choice": CHOICE_IS_TEXT, "voice": VOICE_IS_TEXT},
    (
        "RealtimeSessionCreateResponse",
        "beta.realtime.session_create_response.SessionCreateResponse",
    ): {"tool_choice": CHOICE_IS_TEXT},
    ("RealtimeClientSecret", "beta.realtime.session_create_response.ClientSecret"): {},
    ("RealtimeAudioTranscription", "realtime.AudioTranscription"): {},
    ("RealtimeNoiseReduction", "beta.realtime.session.InputAudioNoiseReduction"): {},
    ("RealtimeNoiseReductionType", "realtime.NoiseReductionType"): {},
    ("RealtimeTurnDetection", "realtime.RealtimeAudioInputTurnDetection"): {},
    ("RealtimeFunctionTool", "realtime.RealtimeFunctionTool"): {},
    ("RealtimeToolChoice", "realtime.RealtimeToolChoiceConfig"): {},
    ("RealtimeTracing", "realtime.RealtimeTracingConfig"): {},
    ("RealtimeTruncation", "realtime.RealtimeTruncation"): {},
    ("Prompt", "responses.ResponsePrompt"): {},
    ("InputTextContent", "responses.ResponseInputText"): {},
    ("InputImageContent", "responses.ResponseInputImage"): {},
    ("InputFileContent", "responses.ResponseInputFile"): {},
}
"""By our schema and the type in `openai.types`: property -> why it is refused there."""

LOSSY: dict[tuple[str, str], str] = {
    (
        "RealtimeSessionCreateRequest",
        "beta.realtime.session_create_params.SessionCreateParams",
    ): "a TypedDict is dumped without what it does not list, such as a secret's value"
}
"""The types that do not give back all they took, and why."""
