package com.iab.openrtb.request;

public record Device(String ua, String ip, String ipv6) {
    public String getUa() {
        return ua;
    }

    public String getIp() {
        return ip;
    }

    public String getIpv6() {
        return ipv6;
    }
}
