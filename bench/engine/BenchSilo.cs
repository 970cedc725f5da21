using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using OrleansAtlas.Contracts;
using OrleansAtlas.Errors;
using OrleansAtlas.Features;
using OrleansAtlas.Grains;
using OrleansAtlas.Grains.Jobs;
using OrleansAtlas.Hosting;
using OrleansAtlas.Media;
using OrleansAtlas.Numerics;
using OrleansAtlas.Runtime;
using OrleansAtlas.Store;
using OrleansAtlas.Tests;
using OrleansAtlas.Work;

namespace OrleansAtlas.Bench;

/// <summary>A silo in which a segment is a wait in a slot and nothing else. For each line on standard input it answers with segments
/// ended so far, CPU milliseconds and resident bytes.</summary>
internal static class BenchSilo
{
    public static async Task<int> RunAsync(SiloArguments arguments)
    {
        var (patience, wait, ended) = (new WorkTimeouts(), new FixedWait(TimeSpan.FromMilliseconds(arguments.WaitMilliseconds)), 0L);
        SemaphoreSlim? slots = null;
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.AddConsole(options => options.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Warning);
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(
                arguments.Port,
                arguments.Gateway,
                new IPEndPoint(IPAddress.Loopback, arguments.Primary),
                ClusterService.Id,
                "bench"
            );
            silo.Services.AddSingleton(patience).AddSingleton<IModelCatalog, NoModels>();
            silo.Services.AddOrleansAtlas(
                new FfmpegLookup.Missing("Nothing is decoded here."),
                atlas =>
                    (atlas.Store, atlas.Work.Threads, atlas.Work.SegmentSlots, atlas.Work.FilmsInFlight, atlas.Work.SegmentsPerFilm) = (
                        arguments.Store,
                        1,
                        arguments.Slots,
                        8 * arguments.Slots,
                        2
                    )
            );
            silo.Services.AddSingleton(
                new FfmpegTools
                {
                    Ffmpeg = "ffmpeg",
                    Ffprobe = "ffprobe",
                    Version = "none",
                }
            );
            silo.Services.AddSingleton<SegmentWork>(WorkAsync);
            silo.AddAtlasGrains(gpu: false, arguments.Slots);
        });
        using var host = builder.Build();
        slots = host.Services.GetRequiredService<WorkContext>().SegmentSlots;
        await host.StartAsync();
        Console.WriteLine("ready");

        // Console.In blocks a thread of the pool even where it is awaited.
        using var input = new StreamReader(Console.OpenStandardInput());
        while (await input.ReadLineAsync() is not null)
        {
            using var me = Process.GetCurrentProcess();
            Console.WriteLine(
                $"{Interlocked.Read(ref ended)} {(long)me.TotalProcessorTime.TotalMilliseconds} {me.WorkingSet64} "
                    + $"{GC.GetTotalMemory(false)}"
            );
        }

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await ((Task)host.StopAsync(limit.Token)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return 0;

        async Task<SegmentReceipt> WorkAsync(SegmentTask task, CancellationToken cancellationToken)
        {
            if (!await slots!.WaitAsync(patience.Slot, cancellationToken).ConfigureAwait(false))
            {
                return new SegmentReceipt(task.VideoId, task.Segment, WorkStatus.Busy, 0, null);
            }

            try
            {
                await wait.WaitAsync().ConfigureAwait(false);
                Interlocked.Increment(ref ended);
                return new SegmentReceipt(task.VideoId, task.Segment, WorkStatus.Done, Library.FramesPerSegment, null);
            }
            finally
            {
                slots!.Release();
            }
        }
    }
}
