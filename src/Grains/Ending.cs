using OrleansAtlas.Contracts;

namespace OrleansAtlas.Grains;

/// <summary>Grains of one piece of work.</summary>
internal static class Ending
{
    /// <summary>Gives an answer on; a grain whose work has ended is gone after it.</summary>
    public static async Task<OperationStatus<T>> GoneAfterAsync<T>(this Grain grain, Task<OperationStatus<T>> question)
    {
        var poll = await question;
        if (poll.State != OperationState.AtWork)
        {
            grain.DeactivateOnIdle();
        }

        return poll;
    }
}
