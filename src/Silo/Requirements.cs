using Microsoft.Extensions.Options;
using OrleansAtlas.Errors;
using OrleansAtlas.Hosting;
using OrleansAtlas.Hosting.Models;
using OrleansAtlas.Images;
using OrleansAtlas.Media;

namespace OrleansAtlas.Silo;

/// <summary>Looks whether what a silo works with is here: what is missing is said together with what is wrong with the settings.</summary>
internal sealed class Requirements(FfmpegLookup ffmpeg) : IValidateOptions<SiloSettings>
{
    public ValidateOptionsResult Validate(string? name, SiloSettings options)
    {
        var missing = new ValidateOptionsResultBuilder();
        if (options.Store.Length > 0)
        {
            Try(() => Stores.Open(options.Store, write: true), missing);
        }

        Try(() => ListedModels.Find(options.Models), missing);
        if (!VipsLibrary.TryLoad(out var reason))
        {
            missing.AddError(reason);
        }

        if (ffmpeg is FfmpegLookup.Missing { Reason: var why })
        {
            missing.AddError(why);
        }

        return missing.Build();
    }

    private static void Try(Action step, ValidateOptionsResultBuilder missing)
    {
        try
        {
            step();
        }
        catch (AtlasException error)
        {
            missing.AddError(error.Message);
        }
    }
}
