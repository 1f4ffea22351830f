import { type Periods, REFUSAL_DAYS } from "#lib/jobs/periods";
import { Section } from "./section";

/** What is recorded of requests, and when it is deleted again. @param kept as this installation is set */
export function WhatIsKept({ kept }: { kept: Periods }) {
  return (
    <Section id="kept" title="What is kept, and for how long">
      <p>
        Of requests at a gateway Latchkey keeps who came and whether they passed. It keeps no secret, nothing that a
        request or its answer contains, and of addresses called not what follows the question mark.
      </p>
      <ul>
        <li>How often a token was used, hour by hour: {kept.usageDays} days.</li>
        <li>
          The addresses and programs from which it was used: {kept.sightingsDays} days after each was seen last. The
          same goes for who still comes without a token, with the name that was claimed.
        </li>
        <li>A refused request, with its method, path and address: {REFUSAL_DAYS} days.</li>
        <li>When a token was used first and last, and how often in all: as long as the token is listed.</li>
        <li>The audit log, and where you were signed in: they are not deleted.</li>
      </ul>
      <p>
        What is older is deleted within some hours. You see what is kept about a token of yours on its page. If somebody
        else looks there how it is used, its history says so.
      </p>
    </Section>
  );
}
