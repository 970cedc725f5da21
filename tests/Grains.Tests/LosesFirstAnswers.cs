using System.Collections.Concurrent;

namespace OrleansAtlas.Tests;

/// <summary>Every segment is done, and its first answer lost on the way back.</summary>
internal sealed class LosesFirstAnswers : IOutgoingGrainCallFilter
{
    private readonly ConcurrentDictionary<string, bool> _lost = new(StringComparer.Ordinal);

    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        await context.Invoke();
        if (context.TargetId.Type.ToString() == "framebatch" && _lost.TryAdd(context.TargetId.ToString(), true))
        {
            throw new TimeoutException("The answer was lost.");
        }
    }
}
