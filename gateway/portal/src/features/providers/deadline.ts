import { optionalNumber } from '@/shared/form/schema';

/** The longest that a call may take, as it is typed; the usual one when empty. */
export const deadlineSeconds = optionalNumber(
  'Use whole seconds from 1 to 3,600.',
  (value) => Number.isInteger(value) && value >= 1 && value <= 3600,
);
