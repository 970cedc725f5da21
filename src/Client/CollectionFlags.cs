using System.CommandLine;
using OrleansAtlas.Client.Verbs;
using OrleansAtlas.Indexing;
using OrleansAtlas.Media;
using OrleansAtlas.Store;

namespace OrleansAtlas.Client;

/// <summary>What the options of <c>index</c> and <c>submit</c> ask a collection to be.</summary>
internal static class CollectionFlags
{
    private static readonly Option<double?> Keep = new("--keep")
    {
        Description = "Share of the frames that is kept, above 0 and at most 1. Default: 0.05",
        HelpName = "SHARE",
    };

    private static readonly Option<double?> Fps = new("--fps") { Description = "Frames kept a second, instead of --keep.", HelpName = "N" };

    private static readonly Option<string?> Frames = new("--frames")
    {
        Description = "How frames are kept for pictures: jpeg (default) or raw.",
        HelpName = "FORMAT",
    };

    /// <summary>Adds the options, in the order of the help; the models to choose from differ.</summary>
    public static void AddTo(Command command, Option<string?> model)
    {
        foreach (var option in (Option[])[Keep, Fps, model, Frames, .. TrainFlags.OfFirst])
        {
            command.Add(option);
        }
    }

    /// <summary>Reads the options; what was not given is null.</summary>
    /// <exception cref="UsageException">One of them can never be.</exception>
    public static CollectionRequest Read(ParseResult result, Option<string?> model)
    {
        var (keep, fps, frames) = (result.GetValue(Keep), result.GetValue(Fps), result.GetValue(Frames));
        if (keep is not null && fps is not null)
        {
            throw new UsageException("--keep and --fps are two ways to say the same; give one of them.");
        }

        if (keep is not (null or (> 0 and <= 1)))
        {
            throw new UsageException($"--keep {keep} is not above 0 and at most 1; 0.05 keeps every twentieth frame.");
        }

        if (fps is not (null or (> 0 and <= 1000)))
        {
            throw new UsageException($"--fps {fps} is not above 0 and at most 1000; 2 keeps two frames a second.");
        }

        return new CollectionRequest(
            keep is null && fps is null ? null : new Sampling { Keep = keep, FramesPerSecond = fps },
            frames switch
            {
                null => null,
                "jpeg" => FrameFormat.Jpeg,
                "raw" => FrameFormat.Raw,
                _ => throw new UsageException($"--frames '{frames}' is neither jpeg nor raw; leave it out for jpeg."),
            },
            result.GetValue(model),
            TrainFlags.ReadFirst(result)
        );
    }
}
