import { ThemeChoice } from "../shell/theme-choice";
import { Card, CardHead } from "../ui/card";
import { Fact, Facts } from "../ui/facts";

/** How pages look in this browser: nothing of it is kept with the account. */
export function ReadingCard({ theme, zone }: { theme: string | undefined; zone: string }) {
  return (
    <Card aria-labelledby="reading">
      <CardHead id="reading">In this browser</CardHead>
      <Facts>
        <Fact name="Theme">
          <ThemeChoice theme={theme} name="own-theme" />
        </Fact>
        <Fact name="Times">In the time zone of this browser: {zone}</Fact>
      </Facts>
    </Card>
  );
}
