using OrleansAtlas.Contracts;

namespace OrleansAtlas.Grains;

/// <summary>Ends the activations of grains that exist for one piece of work.</summary>
internal static class GrainDeactivation
{
    /// <summary>Returns the status of the work, and deactivates the grain once the work is no longer running.</summary>
    public static async Task<OperationStatus<T>> DeactivateWhenFinishedAsync<T>(this Grain grain, Task<OperationStatus<T>> question)
    {
        var status = await question;
        if (status.State != OperationState.AtWork)
        {
            grain.DeactivateOnIdle();
        }

        return status;
    }
}
