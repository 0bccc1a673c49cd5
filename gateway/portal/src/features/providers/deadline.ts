import { optionalNumber } from '@/shared/form/schema';

/** The typed maximum duration of a call; the default when empty. */
export const deadlineSeconds = optionalNumber(
  'Use whole seconds from 1 to 3,600.',
  (value) => Number.isInteger(value) && value >= 1 && value <= 3600,
);
