import { Dropdown, DropdownGroup, DropdownItem, DropdownList, MenuToggle } from '@patternfly/react-core';
import { useState, type ReactNode } from 'react';
import type { Session } from '@/shared/session/session';

export function PersonMenu({ session }: { session: Session }): ReactNode {
  const [open, setOpen] = useState(false);
  return (
    <Dropdown
      isOpen={open}
      onOpenChange={setOpen}
      onSelect={() => setOpen(false)}
      popperProps={{ position: 'right' }}
      toggle={(ref) => (
        <MenuToggle ref={ref} isExpanded={open} onClick={() => setOpen(!open)} variant="plainText">
          {session.name || session.username}
        </MenuToggle>
      )}
    >
      <DropdownGroup label={`${session.username} · ${session.roles.join(', ')}`}>
        <DropdownList>
          <DropdownItem onClick={() => void signOut()}>Sign out</DropdownItem>
        </DropdownList>
      </DropdownGroup>
      <DropdownGroup label="Appearance">
        <DropdownList>
          {Object.entries(themes).map(([theme, label]) => (
            <DropdownItem key={theme} onClick={() => chooseTheme(theme)}>
              {label}
            </DropdownItem>
          ))}
        </DropdownList>
      </DropdownGroup>
    </Dropdown>
  );
}

const themes = { system: 'As the system', light: 'Light', dark: 'Dark' };

/** Stores the theme for the next visit. public/theme.js applies it, even before the first paint. */
function chooseTheme(theme: string): void {
  if (theme === 'system') localStorage.removeItem('plumbline.theme');
  else localStorage.setItem('plumbline.theme', theme);
  window.dispatchEvent(new Event('plumbline.theme'));
}

/** Ends the gateway's session, follows its redirect to the identity provider if there is one, and reloads. */
async function signOut(): Promise<void> {
  const response = await fetch('/logout', {
    method: 'POST',
    headers: { 'X-Plumbline': '1', Accept: 'application/json' },
    redirect: 'manual',
  });
  const next = response.headers.get('location');
  // Drafts belong to the person who typed them.
  sessionStorage.clear();
  window.location.assign(next ?? '/');
}
