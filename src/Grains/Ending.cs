using OrleansAtlas.Actors;

namespace OrleansAtlas.Grains;

/// <summary>Grains of one piece of work.</summary>
internal static class Ending
{
    /// <summary>Gives an answer on; a grain whose work has ended is gone after it.</summary>
    public static async Task<Poll<T>> GoneAfterAsync<T>(this Grain grain, Task<Poll<T>> question)
    {
        var poll = await question;
        if (poll.State != PollState.AtWork)
        {
            grain.DeactivateOnIdle();
        }

        return poll;
    }
}
