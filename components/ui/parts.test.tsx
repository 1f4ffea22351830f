import { Tag } from "lucide-react";
import { renderToStaticMarkup as html } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { Button } from "./button";
import { Field } from "./field";
import { Flag } from "./flag";
import { Input } from "./input";
import { LifeBar } from "./life-bar";
import { LinesArea } from "./lines-area";
import { Status } from "./status";
import type { StatusName } from "./status-shape";
import { Time } from "./time";

describe("a field", () => {
  const drawn = html(
    <Field id="name" label="Name" hint="As you like" error="Too long.">
      {(ties) => <Input {...ties} name="name" />}
    </Field>,
  );

  test("ties its label, hint and error to the control by id", () => {
    expect(drawn).toContain('<label for="name"');
    expect(drawn).toMatch(/<input[^>]*id="name"[^>]*aria-describedby="name-error name-hint"[^>]*aria-invalid="true"/);
    expect(drawn).toMatch(/id="name-error"[^>]*>.*Too long\./);
    expect(drawn).toMatch(/id="name-hint"[^>]*>As you like/);
  });

  test("without hint and error it points at nothing", () => {
    const plain = html(
      <Field id="a" label="A">
        {(ties) => <Input {...ties} />}
      </Field>,
    );
    expect(plain).not.toContain("aria-describedby");
    expect(plain).not.toContain("aria-invalid=");
  });
});

describe("a button, before the page's script runs", () => {
  test("takes no press, and does not look as if it were refused", () => {
    expect(html(<Button>Save</Button>)).toMatch(/<button[^>]* disabled=""[^>]* data-waits=""/);
  });

  test("takes one where the form works without a script", () => {
    const drawn = html(<Button scriptless>Show</Button>);
    expect(drawn).not.toMatch(/ disabled=| data-waits=/);
  });

  test("that is disabled for a reason looks like it", () => {
    const drawn = html(<Button disabled>Save</Button>);
    expect(drawn).toContain(' disabled=""');
    expect(drawn).not.toContain(" data-waits=");
  });
});

describe("a status", () => {
  const statuses: readonly StatusName[] = [
    "active",
    "expiring",
    "suspended",
    "expired",
    "revoked",
    "denied",
    "orphaned",
    "pending",
    "rotating",
  ];

  test.each(statuses)("%s has a word and a shape, wherever it stands", (status) => {
    for (const as of ["line", "pill", "shape"] as const) {
      const drawn = html(<Status status={status} as={as} />);
      expect(drawn.toLowerCase()).toContain(status);
      expect(drawn).toMatch(/<(circle|path)/);
    }
  });

  test("no two statuses share a shape, so colour is never needed to tell them apart", () => {
    const shapes = statuses.map((status) =>
      /<svg.*<\/svg>/.exec(html(<Status status={status} as="shape" />))?.[0].replace(/class="[^"]*"/, ""),
    );
    expect(new Set(shapes).size).toBe(statuses.length);
  });
});

describe("a busy button", () => {
  const drawn = html(
    <Button scriptless busy="Creating …">
      Create
    </Button>,
  );

  test("says what it does, is marked busy, and stays focusable", () => {
    expect(drawn).toContain('aria-busy="true"');
    expect(drawn).toContain('aria-disabled="true"');
    expect(drawn).not.toMatch(/\sdisabled=/);
    expect(drawn).toContain("Creating …");
  });

  test("keeps its width by keeping the other word, unseen and unread", () => {
    expect(drawn).toMatch(/<span aria-hidden="true" class="invisible[^"]*">Create<\/span>/);
  });
});

test("nothing is drawn with a style attribute, which a strict CSP would refuse", () => {
  const drawn = html(
    <>
      <LifeBar share={0.42} tone="fresh" />
      <Flag icon={Tag}>nightly</Flag>
      <Status status="active" />
    </>,
  );
  expect(drawn).not.toContain("style=");
  expect(drawn).toContain('aria-label="42% of its life is over"');
  expect(drawn).toContain('width="42%"');
});

test("a time carries its instant for machines and its exact words for hovering", () => {
  const reader = { now: Date.parse("2026-11-20T12:00:00Z"), zone: "Europe/Berlin" };
  const drawn = html(
    <Time at="2026-11-20T11:00:00.000Z" reader={reader}>
      1 h ago
    </Time>,
  );
  expect(drawn).toBe(
    '<time dateTime="2026-11-20T11:00:00.000Z" title="Friday, 20 November 2026, 12:00:00 (Europe/Berlin)">1 h ago</time>',
  );
});

describe("an area of lines", () => {
  test("begins with one thing a line, and neither a dictionary nor an earlier form has a say in it", () => {
    const drawn = html(<LinesArea name="ranges" lines={["10.0.0.0/8", "::1"]} />);
    expect(drawn).toContain(">10.0.0.0/8\n::1</textarea>");
    expect(drawn).toMatch(/spellCheck="false"[^>]*autoComplete="off"|autoComplete="off"[^>]*spellCheck="false"/);
    expect(drawn).toContain('maxLength="32000"');
  });

  test("shows the text that a form keeps itself, and takes its own bounds", () => {
    const drawn = html(<LinesArea value="office" maxLength={1000} rows={6} onChange={() => undefined} />);
    expect(drawn).toContain(">office</textarea>");
    expect(drawn).toMatch(/rows="6"[^>]*maxLength="1000"/);
  });
});
