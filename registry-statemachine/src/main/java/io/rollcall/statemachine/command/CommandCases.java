package io.rollcall.statemachine.command;

/**
 * One method for each command.
 *
 * @param <R> what they return
 */
public interface CommandCases<R> {
    /**
     * Handles a registration.
     *
     * @param command it
     * @return the handler's answer
     */
    R registerInstance(Command.RegisterInstance command);

    /**
     * Handles a batch.
     *
     * @param command it
     * @return the handler's answer
     */
    R registerBatch(Command.RegisterBatch command);

    /**
     * Handles a deregistration.
     *
     * @param command it
     * @return the handler's answer
     */
    R deregisterInstance(Command.DeregisterInstance command);

    /**
     * Handles a deregistration of many.
     *
     * @param command it
     * @return the handler's answer
     */
    R deregisterMany(Command.DeregisterMany command);

    /**
     * Handles an operator's word.
     *
     * @param command it
     * @return the handler's answer
     */
    R setOperatorWord(Command.SetOperatorWord command);

    /**
     * Handles the naming of the cluster.
     *
     * @param command it
     * @return the handler's answer
     */
    R foundCluster(Command.FoundCluster command);

    /**
     * Handles a member's announcement.
     *
     * @param command it
     * @return the handler's answer
     */
    R announceMember(Command.AnnounceMember command);

    /**
     * Handles a rise of the feature level.
     *
     * @param command it
     * @return the handler's answer
     */
    R raiseFeatureLevel(Command.RaiseFeatureLevel command);

    /**
     * Handles verdicts.
     *
     * @param command it
     * @return the handler's answer
     */
    R judge(Command.Judge command);

    /**
     * Handles a checkpoint of leases.
     *
     * @param command it
     * @return the handler's answer
     */
    R checkpointLeases(Command.CheckpointLeases command);

    /**
     * Handles a trimming of the history.
     *
     * @param command it
     * @return the handler's answer
     */
    R trimHistory(Command.TrimHistory command);

    /**
     * Handles a new version of a configuration key.
     *
     * @param command it
     * @return the handler's answer
     */
    R putConfig(Command.PutConfig command);

    /**
     * Handles a deletion of a configuration key.
     *
     * @param command it
     * @return the handler's answer
     */
    R deleteConfig(Command.DeleteConfig command);

    /**
     * Handles a rollback of a configuration key.
     *
     * @param command it
     * @return the handler's answer
     */
    R rollbackConfig(Command.RollbackConfig command);

    /**
     * Handles that a deleted configuration key is forgotten.
     *
     * @param command it
     * @return the handler's answer
     */
    R forgetConfig(Command.ForgetConfig command);

    /**
     * Handles a new or changed policy.
     *
     * @param command it
     * @return the handler's answer
     */
    R putPolicy(AclCommand.PutPolicy command);

    /**
     * Handles the deletion of a policy.
     *
     * @param command it
     * @return the handler's answer
     */
    R deletePolicy(AclCommand.DeletePolicy command);

    /**
     * Handles a new or changed token.
     *
     * @param command it
     * @return the handler's answer
     */
    R putToken(AclCommand.PutToken command);

    /**
     * Handles the deletion of a token.
     *
     * @param command it
     * @return the handler's answer
     */
    R deleteToken(AclCommand.DeleteToken command);

    /**
     * Handles that expired tokens are forgotten.
     *
     * @param command it
     * @return the handler's answer
     */
    R forgetTokens(AclCommand.ForgetTokens command);

    /**
     * Handles a change of the keys.
     *
     * @param command it
     * @return the handler's answer
     */
    R putKeyset(KeyCommand.PutKeyset command);

    /**
     * Handles new seals.
     *
     * @param command it
     * @return the handler's answer
     */
    R reseal(KeyCommand.Reseal command);
}
