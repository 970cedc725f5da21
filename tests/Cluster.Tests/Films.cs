[assembly: AssemblyFixture(typeof(OrleansAtlas.Tests.Films))]

namespace OrleansAtlas.Tests;

/// <summary>Five small films and what one process without a cluster makes of them.</summary>
public sealed class Films : IAsyncLifetime
{
    private readonly Clips _clips = new();
    private readonly TemporaryFolder _folder = new();

    /// <summary>What every test asks for: a few seconds of work in segments, and too few frames to train long.</summary>
    public string[] Wish { get; } = ["-c", "films", "--fps", "5"];

    public string Folder => _clips.Folder;

    /// <summary>The store that the local engine made.</summary>
    public string Whole => _folder["whole"];

    public async ValueTask InitializeAsync()
    {
        await _clips.InitializeAsync();
        await Atlas.JsonAsync(["index", Folder, .. Wish, "--model", "resnet18", "--store", Whole]);
    }

    public async ValueTask DisposeAsync()
    {
        await _clips.DisposeAsync();
        _folder.Dispose();
    }
}
