import { Recorder } from "#lib/verification/recorder/recorder";

// Our verifier, but nothing that it decides is written down: what recording costs is the difference.
Recorder.prototype.note = () => undefined;
await import("#server/verifier");
