using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using OrleansAtlas.Contracts;
using OrleansAtlas.Features;
using OrleansAtlas.Grains;
using OrleansAtlas.Grains.Jobs;
using OrleansAtlas.Images;
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
        var tools = Tools(arguments);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.AddConsole(options => options.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Warning);
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(
                arguments.Port,
                arguments.Gateway,
                new IPEndPoint(IPAddress.Loopback, arguments.Primary),
                "orleans-atlas",
                "bench"
            );
            silo.Services.AddSingleton(patience).AddSingleton<IModelCatalog, NoModels>().AddSingleton(tools);
            silo.Services.AddSingleton<SegmentWork>(WorkAsync);
            silo.AddAtlasGrains(gpu: false, arguments.Slots);
        });
        using var host = builder.Build();
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
            if (!await tools.SegmentSlots.WaitAsync(patience.Slot, cancellationToken).ConfigureAwait(false))
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
                tools.SegmentSlots.Release();
            }
        }
    }

    private static WorkContext Tools(SiloArguments arguments)
    {
        var (images, ledger) = (new VipsImageCodec(), new Ledger(TimeProvider.System));
        var ffmpeg = new FfmpegTools
        {
            Ffmpeg = "ffmpeg",
            Ffprobe = "ffprobe",
            Version = "none",
        };
        return new WorkContext
        {
            Store = LocalStore.Open(arguments.Store, write: true),
            Images = images,
            Prober = new Prober(ffmpeg, images),
            Decoder = new FilmDecoder(ffmpeg, images),
            Describer = new InferenceQueue(() => throw new ModelException("Nothing is described."), ledger),
            MatrixProduct = new ManagedMatrixProduct(),
            Compute = new ComputePool(1),
            Ledger = ledger,
            SegmentSlots = new SemaphoreSlim(arguments.Slots),
            FilmsInFlight = 8 * arguments.Slots,
            Clock = TimeProvider.System,
        };
    }
}
