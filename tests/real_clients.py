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

NO_NULL = "the spec takes null, the client's type does not say so"
CLIENT_ANY_TEXT = "the client takes any text, the spec lists the values"
CLIENT_ANY_VALUE = "the client says nothing of free data, the spec wants an object"
CLIENT_LOOSE_VAD = "the client has one shape with an optional type, the spec two shapes"
OTHER_SECRET = "the client sends when a key expires, the spec has the issued key"
NO_MCP = "the client may choose an MCP tool, which the spec's sessions do not have"

FROM_BETA = {
    "tool_choice": CLIENT_ANY_TEXT,
    "tools": CLIENT_ANY_VALUE,
    "tracing": CLIENT_ANY_VALUE,
    "turn_detection": CLIENT_LOOSE_VAD,
}
TO_BETA = {
    "input_audio_transcription": NO_NULL,
    "tool_choice": CHOICE_IS_TEXT,
    "tracing": NO_NULL,
    "turn_detection": NO_NULL,
}
FORMATS = {
    "input_audio_format": CLIENT_ANY_TEXT,
    "output_audio_format": CLIENT_ANY_TEXT,
}
NOTHING: dict[str, str] = {}

TYPESCRIPT: dict[tuple[str, str], tuple[dict[str, str], dict[str, str]]] = {
    ("RealtimeSession", "realtime.RealtimeSession"): (
        {"input_audio_noise_reduction": NO_NULL, "tool_choice": CHOICE_IS_TEXT},
        {
            "tool_choice": CLIENT_ANY_TEXT,
            "tools": CLIENT_ANY_VALUE,
            "tracing": CLIENT_ANY_VALUE,
        },
    ),
    ("RealtimeSession", "beta.Session"): (
        {**TO_BETA, "input_audio_noise_reduction": NO_NULL, "model": CLOSED_MODEL},
        FROM_BETA,
    ),
    ("RealtimeSessionCreateRequest", "beta.SessionCreateParams"): (
        {**TO_BETA, "voice": VOICE_IS_TEXT, "client_secret": OTHER_SECRET},
        {**FROM_BETA, "client_secret": OTHER_SECRET},
    ),
    ("RealtimeSessionCreateRequest", "beta.SessionCreateResponse"): (
        {**TO_BETA, "voice": VOICE_IS_TEXT},
        {**FROM_BETA, **FORMATS},
    ),
    ("RealtimeSessionCreateResponse", "beta.SessionCreateResponse"): (
        TO_BETA,
        {**FROM_BETA, **FORMATS},
    ),
    ("RealtimeFunctionTool", "realtime.RealtimeFunctionTool"): (
        NOTHING,
        {"parameters": CLIENT_ANY_VALUE},
    ),
    ("RealtimeToolChoice", "realtime.RealtimeToolChoiceConfig"): (
        NOTHING,
        {"": NO_MCP},
    ),
    ("RealtimeTracing", "realtime.RealtimeTracingConfig"): (
        NOTHING,
        {"": CLIENT_ANY_VALUE},
    ),
    **dict.fromkeys(
        (
            ("RealtimeClientSecret", "beta.SessionCreateResponse.ClientSecret"),
            ("RealtimeAudioTranscription", "realtime.AudioTranscription"),
            (
                "RealtimeNoiseReduction",
                "realtime.RealtimeSession.InputAudioNoiseReduction",
            ),
            ("RealtimeNoiseReductionType", "realtime.NoiseReductionType"),
            ("RealtimeServerVad", "realtime.RealtimeAudioInputTurnDetection.ServerVad"),
            (
                "RealtimeSemanticVad",
                "realtime.RealtimeAudioInputTurnDetection.SemanticVad",
            ),
            ("RealtimeTurnDetection", "realtime.RealtimeAudioInputTurnDetection"),
            ("RealtimeTruncation", "realtime.RealtimeTruncation"),
            ("Prompt", "responses.ResponsePrompt"),
            ("InputTextContent", "responses.ResponseInputText"),
            ("InputImageContent", "responses.ResponseInputImage"),
            ("InputFileContent", "responses.ResponseInputFile"),
        ),
        (NOTHING, NOTHING),
    ),
}
"""By our schema and the client's type: what of ours the client's type refuses, and what
of the client's ours refuses, each with the reason."""
