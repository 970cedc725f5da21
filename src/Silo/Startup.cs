using OrleansAtlas.Features;
using OrleansAtlas.Images;
using OrleansAtlas.Media;
using OrleansAtlas.Store;

namespace OrleansAtlas.Silo;

/// <summary>What must be here before a silo starts.</summary>
internal static class Startup
{
    /// <summary>Looks for everything and puts what it found into the services.</summary>
    /// <returns>What is wrong or missing, all of it; null where nothing is.</returns>
    public static async Task<string?> CheckAsync(WebApplicationBuilder builder)
    {
        SiloSettings settings;
        try
        {
            settings = builder.Configuration.GetSection("Atlas").Get<SiloSettings>() ?? new SiloSettings();
        }
        catch (InvalidOperationException error)
        {
            return $"{error.Message} {error.InnerException?.Message}";
        }

        var problems = settings.Problems().ToList();
        builder.Services.AddSingleton(settings).AddSingleton(settings.Patience);
        Try(() => builder.Services.AddSingleton<IArtifactStore>(LocalStore.Open(settings.Store.Length > 0 ? settings.Store : ".", write: settings.Store.Length > 0)), problems);
        Try(() => builder.Services.AddSingleton(SiloModels.Find(settings)), problems);
        if (!VipsLibrary.TryLoad(out var reason))
        {
            problems.Add(reason);
        }

        switch (await FfmpegTools.FindAsync(CancellationToken.None))
        {
            case FfmpegLookup.Found found:
                builder.Services.AddSingleton(found.Tools);
                break;
            case FfmpegLookup.Missing missing:
                problems.Add(missing.Reason);
                break;
        }

        return problems.Count > 0 ? string.Join(Environment.NewLine + "silo: ", problems) : null;
    }

    private static void Try(Action step, List<string> problems)
    {
        try
        {
            step();
        }
        catch (Exception error) when (error is StoreException or ModelException)
        {
            problems.Add(error.Message);
        }
    }
}
