import {
  Bullseye,
  Masthead,
  MastheadBrand,
  MastheadContent,
  MastheadMain,
  MastheadToggle,
  Nav,
  NavGroup,
  NavItem,
  NavList,
  Page,
  PageSection,
  PageSidebar,
  PageSidebarBody,
  PageToggleButton,
  SkipToContent,
  Spinner,
  Toolbar,
  ToolbarContent,
  ToolbarGroup,
  ToolbarItem,
} from '@patternfly/react-core';
import BarsIcon from '@patternfly/react-icons/dist/esm/icons/bars-icon';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { Suspense, useEffect, type ReactNode } from 'react';
import { ExpiryDialog } from '@/app/ExpiryDialog';
import { Find } from '@/app/find/Find';
import { Mark } from '@/app/Mark';
import { navigationFor, placeOf } from '@/app/navigation';
import { PersonMenu } from '@/app/PersonMenu';
import { SignIn } from '@/app/SignIn';
import { ZoneToggle } from '@/app/ZoneToggle';
import { sessionEnded } from '@/shared/session/expiry';
import { fetchSession, sessionQuery, type Session } from '@/shared/session/session';
import { ProblemPanel } from '@/shared/ui/ProblemPanel';

/** Shows the sign-in page or the portal, depending on the session. */
export function Frame(): ReactNode {
  const { data: session, error, refetch } = useQuery(sessionQuery);
  if (session) return <SignedIn session={session} />;
  if (session === null) return <SignIn />;
  return (
    <main>
      <Bullseye className="pl-whole">
        {error ? (
          <ProblemPanel error={error} onRetry={() => void refetch()} />
        ) : (
          <Spinner aria-label="Opening the portal" />
        )}
      </Bullseye>
    </main>
  );
}

function SignedIn({ session }: { session: Session }): ReactNode {
  useExpiry(session.expiresAt);
  return (
    <Page
      mainContainerId="content"
      mainTabIndex={0}
      mainAriaLabel="Content"
      isManagedSidebar
      skipToContent={<SkipToContent href="#content">Skip to content</SkipToContent>}
      masthead={<Head session={session} />}
      sidebar={
        <PageSidebar>
          <PageSidebarBody>
            <Places session={session} />
          </PageSidebarBody>
        </PageSidebar>
      }
    >
      <Suspense
        fallback={
          <PageSection>
            <Spinner aria-label="Loading the page" />
          </PageSection>
        }
      >
        <Outlet />
      </Suspense>
      <ExpiryDialog />
    </Page>
  );
}

function Head({ session }: { session: Session }): ReactNode {
  return (
    <Masthead>
      <MastheadMain>
        <MastheadToggle>
          <PageToggleButton variant="plain" aria-label="Navigation" isHamburgerButton={false}>
            <BarsIcon />
          </PageToggleButton>
        </MastheadToggle>
        <MastheadBrand>
          <Link to="/home" className="pl-brand">
            <Mark /> Plumbline
          </Link>
        </MastheadBrand>
      </MastheadMain>
      <MastheadContent>
        <Toolbar isStatic>
          <ToolbarContent>
            <ToolbarGroup align={{ default: 'alignEnd' }}>
              <ToolbarItem>
                <Find session={session} />
              </ToolbarItem>
              <ToolbarItem>
                <ZoneToggle />
              </ToolbarItem>
              <ToolbarItem>
                <PersonMenu session={session} />
              </ToolbarItem>
            </ToolbarGroup>
          </ToolbarContent>
        </Toolbar>
      </MastheadContent>
    </Masthead>
  );
}

function Places({ session }: { session: Session }): ReactNode {
  const current = useLocation({ select: ({ pathname }) => placeOf(pathname) });
  const items = (places: ReturnType<typeof navigationFor>[number]['places']) =>
    places.map(({ label, to }) => (
      <NavItem key={to} isActive={to === current}>
        <Link to={to} aria-current={to === current ? 'page' : undefined}>
          {label}
        </Link>
      </NavItem>
    ));
  return (
    <Nav aria-label="Portal">
      {navigationFor(session).map(({ label, places }) =>
        label === null ? (
          <NavList key="top">{items(places)}</NavList>
        ) : (
          <NavGroup key={label} title={label}>
            {items(places)}
          </NavGroup>
        ),
      )}
    </Nav>
  );
}

/** Checks the session at its expected end, since requests prolong it. Shows a dialog when it has ended. */
function useExpiry(expiresAt: string | undefined): void {
  const queries = useQueryClient();
  useEffect(() => {
    if (expiresAt === undefined) return;
    const left = Date.parse(expiresAt) - Date.now();
    // A timer beyond 2^31 ms fires at once.
    if (Number.isNaN(left) || left > 2_147_483_647) return;
    const check = async () => {
      const session = await fetchSession().catch(() => undefined);
      if (session === null) sessionEnded();
      else if (session) queries.setQueryData(sessionQuery.queryKey, session);
    };
    const timer = setTimeout(() => void check(), Math.max(left, 0) + 1_000);
    return () => clearTimeout(timer);
  }, [expiresAt, queries]);
}
