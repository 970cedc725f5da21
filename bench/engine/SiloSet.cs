using System.Diagnostics;
using System.Globalization;
using System.Net;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Serialization;
using OrleansAtlas.Contracts;
using OrleansAtlas.Store;
using OrleansAtlas.Tests;

namespace OrleansAtlas.Bench;

/// <summary>Some silos as processes over one library, with a client.</summary>
internal sealed class SiloSet : IAsyncDisposable
{
    private const int FirstPort = 21111;
    private const int FirstGateway = 31111;

    private readonly List<Process> _silos = [];
    private readonly string _folder = Directory.CreateTempSubdirectory("atlas-bench-").FullName;
    private IHost? _client;

    public ICollectionGrain Collection =>
        ((IGrainFactory)_client!.Services.GetService(typeof(IGrainFactory))!).GetGrain<ICollectionGrain>("films");

    public LocalStore Store { get; private set; } = null!;

    public Library Library { get; private set; } = null!;

    public static async Task<SiloSet> StartAsync(int silos, int slots, double wait, int films, int segments)
    {
        var set = new SiloSet();
        set.Store = LocalStore.Open(Path.Combine(set._folder, "store"), write: true);
        set.Library = new Library(set.Store, Path.Combine(set._folder, "films"), "films");
        await set.Library.AddFilmsAsync(films, segments, CancellationToken.None);
        for (var silo = 0; silo < silos; silo++)
        {
            var arguments = new SiloArguments(set.Store.Location, FirstPort + silo, FirstGateway + silo, FirstPort, slots, wait);
            var process = Process.Start(
                new ProcessStartInfo(Environment.ProcessPath!, ["silo", .. arguments.ToArguments()])
                {
                    RedirectStandardInput = true,
                    RedirectStandardOutput = true,
                }
            )!;
            set._silos.Add(process);
            if (await process.StandardOutput.ReadLineAsync() != "ready")
            {
                throw new InvalidOperationException("A silo did not start.");
            }
        }

        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.UseOrleansClient(client =>
        {
            client.UseStaticClustering(new IPEndPoint(IPAddress.Loopback, FirstGateway));
            client.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = ("bench", ClusterService.Id));
            client.Services.AddSerializer(serializer => serializer.AddAtlasMessages());
        });
        set._client = builder.Build();
        await set._client.StartAsync();
        await Task.Delay(2000);
        return set;
    }

    /// <summary>Sums over the silos: segments ended, CPU milliseconds, resident and managed bytes.</summary>
    public async Task<Sample> SampleAsync()
    {
        var sample = new Sample(0, 0, 0, 0);
        foreach (var silo in _silos)
        {
            await silo.StandardInput.WriteLineAsync();
            await silo.StandardInput.FlushAsync();
            var numbers = (await silo.StandardOutput.ReadLineAsync())!
                .Split(' ')
                .Select(text => long.Parse(text, CultureInfo.InvariantCulture))
                .ToArray();
            sample = new Sample(
                sample.Ended + numbers[0],
                sample.CpuMilliseconds + numbers[1],
                sample.Resident + numbers[2],
                sample.Managed + numbers[3]
            );
        }

        return sample;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in _silos)
        {
            silo.Kill();
            await silo.WaitForExitAsync();
            silo.Dispose();
        }

        _client?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}

/// <summary>Sums over all silos.</summary>
internal sealed record Sample(long Ended, long CpuMilliseconds, long Resident, long Managed);
