using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using OrleansAtlas.Errors;
using OrleansAtlas.Store;
using OrleansAtlas.Work;

namespace OrleansAtlas.Contracts;

/// <summary>The messages of a cluster: records in the JSON of the store, each under a name of its own. A class may be renamed or moved;
/// its name here, and the names of its fields, stay.</summary>
public static class Messages
{
    /// <summary>The types that travel as JSON, by their names on the wire; a generic one has its number of parameters in its
    /// name.</summary>
    public static IReadOnlyDictionary<string, Type> Names { get; } =
        new Dictionary<string, Type>(StringComparer.Ordinal)
        {
            ["atlas.submission"] = typeof(Submission),
            ["atlas.train-request"] = typeof(TrainRequest),
            ["atlas.job-receipt"] = typeof(JobReceipt),
            ["atlas.job-status"] = typeof(JobStatus),
            ["atlas.job-list"] = typeof(JobList),
            ["atlas.collection-settings"] = typeof(CollectionSettings),
            ["atlas.progress-report"] = typeof(ProgressReport),
            ["atlas.segment-task"] = typeof(SegmentTask),
            ["atlas.segment-receipt"] = typeof(SegmentReceipt),
            ["atlas.video-receipt"] = typeof(VideoReceipt),
            ["atlas.map-announcement"] = typeof(MapAnnouncement),
            ["atlas.map-news"] = typeof(MapNews),
            ["atlas.map-receipt"] = typeof(MapReceipt),
            ["atlas.operation-status`1"] = typeof(OperationStatus<>),
        };

    /// <summary>Lets the messages travel, and the exception of a store that does not answer.</summary>
    public static ISerializerBuilder AddAtlasMessages(this ISerializerBuilder serializer)
    {
        serializer.AddJsonSerializer(IsMessage, StoreJson.Options);
        serializer.Configure(options =>
        {
            foreach (var (name, type) in Names)
            {
                options.WellKnownTypeAliases[name] = type;
            }

            options.WellKnownTypeAliases["atlas.store-exception"] = typeof(StoreException);
        });
        serializer.Services.Configure<ExceptionSerializationOptions>(options =>
            options.SupportedExceptionTypeFilter = type => type == typeof(StoreException)
        );
        return serializer;
    }

    private static bool IsMessage(Type type) =>
        Names.Values.Contains(type.IsConstructedGenericType ? type.GetGenericTypeDefinition() : type);
}
