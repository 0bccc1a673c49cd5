import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { router } from '@/app/router';
import { createQueries } from '@/shared/http/queries';

export function App(): ReactNode {
  const [queries] = useState(() => createQueries());
  return (
    <QueryClientProvider client={queries}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  );
}
