import { type Forecheck, finding } from "../check";

/** Before the list: whether the installation is in quarantine. Anything but a plain *false* is: what is missing is no permission. */
export const quarantineCheck: Forecheck = {
  step: 0,
  name: "quarantine",
  judge: (c) => (c.installation.facts.settings.quarantined === false ? null : finding("quarantined")),
  remark: () => ({ detail: "There is no quarantine.", applies: false }),
};
