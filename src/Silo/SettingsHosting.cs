using System.ComponentModel;
using Microsoft.Extensions.Configuration.CommandLine;
using Microsoft.Extensions.Options;

namespace OrleansAtlas.Silo;

/// <summary>The settings as options, checked before anything starts together with what they name and a silo needs.</summary>
internal static partial class SettingsHosting
{
    public static void AddSettings(this WebApplicationBuilder builder)
    {
        builder
            .Services.AddOptions<SiloSettings>()
            .Configure<IConfiguration>(CheckTypes)
            .BindConfiguration(SiloSettings.Section)
            .ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<SiloSettings>, SettingsValidator>();
        builder.Services.AddSingleton<IValidateOptions<SiloSettings>, Requirements>();
        builder.Services.AddSingleton<IValidateOptions<SiloSettings>, PortCheck>();
        builder
            .Services.AddOptions<HostOptions>()
            .Configure<IOptions<SiloSettings>>((options, settings) => options.ShutdownTimeout = settings.Value.StopLimit);
    }

    /// <summary>The settings, checked.</summary>
    /// <exception cref="OptionsValidationException">What is wrong with them, all of it.</exception>
    public static SiloSettings Settings(this IServiceProvider services) => services.GetRequiredService<IOptions<SiloSettings>>().Value;

    /// <summary>The settings before they are checked, to settle which services there are; as if none was given where they cannot be
    /// read.</summary>
    public static SiloSettings UncheckedSettings(this WebApplicationBuilder builder)
    {
        try
        {
            return builder.Configuration.GetSection(SiloSettings.Section).Get<SiloSettings>() ?? new();
        }
        catch (InvalidOperationException)
        {
            // Said when they are checked.
            return new();
        }
    }

    // Binding would stop at the first value that it cannot read.
    private static void CheckTypes(SiloSettings options, IConfiguration configuration)
    {
        var section = configuration.GetSection(SiloSettings.Section);
        var problems =
            from property in typeof(SiloSettings).GetProperties()
            let value = section[property.Name]
            where property.CanWrite && !string.IsNullOrEmpty(value) && !Reads(property.PropertyType, value)
            select $"{section.Path}:{property.Name} is '{value}'; give {WhatIsRead(property.PropertyType)} or leave it out.";
        if (problems.Concat(OnCommandLine(configuration)).ToList() is { Count: > 0 } all)
        {
            throw new OptionsValidationException(Options.DefaultName, typeof(SiloSettings), all);
        }
    }

    // Everybody on the machine can read a command line.
    private static IEnumerable<string> OnCommandLine(IConfiguration configuration) =>
        configuration is IConfigurationRoot root
        && root.Providers.OfType<CommandLineConfigurationProvider>()
            .Any(line => line.TryGet($"{SiloSettings.Section}:{nameof(SiloSettings.RedisPassword)}", out _))
            ?
            [
                "Atlas:RedisPassword is on the command line, which everybody on this machine can read; name a file with "
                    + "--Atlas:RedisPasswordFile FILE, or set Atlas__RedisPassword in the environment.",
            ]
            : [];

    private static bool Reads(Type type, string value)
    {
        try
        {
            var converter = TypeDescriptor.GetConverter(type);
            return !converter.CanConvertFrom(typeof(string)) || converter.ConvertFromInvariantString(value) is not null;
        }
        catch (Exception error) when (error is ArgumentException or FormatException or OverflowException)
        {
            return false;
        }
    }

    private static string WhatIsRead(Type type) =>
        type.IsEnum ? string.Join(", ", Enum.GetNames(type))
        : (Nullable.GetUnderlyingType(type) ?? type) == typeof(bool) ? "true or false"
        : (Nullable.GetUnderlyingType(type) ?? type) == typeof(int) ? "a whole number"
        : "a number";

    [OptionsValidator]
    private sealed partial class SettingsValidator : IValidateOptions<SiloSettings>;
}
