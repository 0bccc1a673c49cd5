import { Button, Card, CardBody, CardFooter, CardTitle, Content } from '@patternfly/react-core';
import { useEffect, type ReactNode } from 'react';
import { Mark } from '@/app/Mark';
import { currentPath, signInAddress } from '@/shared/session/session';

/** The page for a signed-out visitor. The requested address is kept and opened after sign-in. */
export function SignIn(): ReactNode {
  useEffect(() => {
    document.title = 'Sign in · Plumbline';
  }, []);
  return (
    <main className="pl-sign-in">
      <Card isLarge>
        <CardTitle component="h1">
          <span className="pl-brand">
            <Mark /> Plumbline
          </span>
        </CardTitle>
        <CardBody>
          <Content>
            Govern prompts, retrieval and fine-tuning in one place: see what changed, on which data, how it was
            evaluated, and who approved it.
          </Content>
        </CardBody>
        <CardFooter>
          <Button component="a" variant="primary" isBlock href={signInAddress(currentPath())}>
            Sign in
          </Button>
        </CardFooter>
      </Card>
    </main>
  );
}
