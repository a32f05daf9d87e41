/** What the server refuses, by its code. */
export const problems = {
  problems: {
    MORE_THAN_HELD: 'Not allowed: this concerns somebody with permissions that you lack.',
    ALREADY_EXISTS: 'This name is already taken. Choose another one.',
    IN_USE: 'Something still belongs to it. Move or delete that first.',
    CHANGED_MEANWHILE: 'Somebody changed it since this page was loaded. Load it again and repeat the change.',
    TOKEN_ALREADY_ASSIGNED: 'Token {{serial}} is assigned already. Unassign it first.',
    TOKEN_NOT_ASSIGNED: 'Token {{serial}} is assigned to nobody. Assign it first.',
    TOKEN_EXPIRED: 'Token {{serial}} has expired. Choose another one.',
    TOKEN_PENDING_REPLACEMENT: 'Token {{serial}} is being replaced already.',
    TOO_MANY_TOKENS: 'User {{username}} has {{limit}} tokens already, which is the limit. Unassign or replace one.',
    NO_TOKEN_AVAILABLE:
      'There is no unassigned, enabled and unexpired token of this kind left in this security domain. Choose one yourself, or import tokens.',
    TOKEN_WITHOUT_PIN: 'Token {{serial}} is used without a PIN.',
    PIN_REFUSED: 'This PIN is not allowed by the policy. Choose another one.',
    EMERGENCY_ACCESS_REFUSED:
      'Emergency access was not issued: the token must be assigned, and neither disabled nor expired.',
    EMERGENCY_PROPOSAL_INVALID:
      'The codes are too old, or token {{serial}} changed since they were generated. Generate the codes again.',
    NO_EMERGENCY_ACCESS: 'Token {{serial}} has no emergency access.',
    DISTRIBUTION_UNSUITABLE: 'Token {{serial}} cannot be distributed in this way. Choose another one.',
    DISTRIBUTION_PENDING: 'Token {{serial}} was redistributed and the new copy was not used yet. Undo that first.',
    NO_PENDING_DISTRIBUTION:
      'Token {{serial}} has no redistribution to undo: there was none, or the new copy is in use.',
    COUNT_NOT_CONFIRMED:
      'This would redistribute {{named}} tokens, but {{confirmed}} were confirmed. Confirm exactly that many.',
    LAST_SUPER_ADMINISTRATOR:
      'This is the last super administrator. Make another one first, or nobody could administer everything.',
    PREDEFINED_ROLE: 'This role came with the product and stays as it is. Make one of your own.',
    JOB_NOT_ACTIVE: 'The job is over: there is nothing to stop.',
  },
}
